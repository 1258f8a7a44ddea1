/** What the lists of the widgets offer. */
const C = [
  ["E11.42", "Type 2 DM with diabetic polyneuropathy"],
  ["E11.22", "Type 2 DM with diabetic CKD"],
  ["I10", "Essential hypertension"],
  ["I12.9", "Hypertensive CKD"],
  ["N18.31", "CKD stage 3a"],
  ["J18.9", "Pneumonia, unspecified organism"],
  ["Z87.891", "Personal history of nicotine dependence"],
  ["99213", "Office visit 20-29 min"],
  ["99214", "Office visit 30-39 min"],
  ["94060", "Spirometry pre/post"],
  ["94640", "Nebulizer treatment"],
  ["90662", "Flu vaccine high dose"],
  ["90471", "Immunization administration"]
]
export const opts = C.map(([v, l]) => ({ value: v, label: v + " " + l })),
  labs = opts.map((o) => o.label),
  dx = opts.slice(0, 7),
  cpt = opts.slice(7)
