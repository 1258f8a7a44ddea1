/**
 * Databases as version 1 of Chartside left them on disk, written with the bare IndexedDB interface so that
 * no change of today's code can change them. (Dexie's version 1 is IndexedDB's version 10.)
 */

type Store = { keyPath: string | string[]; indexes?: Record<string, string>; rows: unknown[] }

function write(name: string, version: number, stores: Record<string, Store>): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, version)
    request.onerror = () => reject(request.error)
    request.onupgradeneeded = () => {
      for (const [store, { keyPath, indexes = {}, rows }] of Object.entries(stores)) {
        const made = request.result.createObjectStore(store, { keyPath })
        for (const [index, path] of Object.entries(indexes)) made.createIndex(index, path)
        for (const row of rows) made.put(row)
      }
    }
    request.onsuccess = () => {
      request.result.close()
      resolve()
    }
  })
}

export const writeCodeV1 = (name: string) =>
  write(name, 10, {
    packs: {
      keyPath: "key",
      indexes: { id: "id" },
      rows: [
        {
          key: "icd10cm-FY2026@aaaaaaaaaaaaaaaa",
          id: "icd10cm-FY2026",
          kind: "codes",
          release: "FY2026",
          effectiveFrom: "2025-10-01",
          bytes: 10,
          sha256: "aa".repeat(32),
          source: "local-release",
          channel: "package",
          complete: true,
          importedAt: 1,
          blob: new Blob(["pack bytes"]),
          info: {
            id: "icd10cm-FY2026",
            system: "ICD-10-CM",
            release: "FY2026",
            effective: { from: "2025-10-01", to: "2026-09-30" },
            complete: true,
            remarks: [],
            source: "local-release",
            codes: 98000,
            billable: 74719,
            bytes: 10,
            sha256: "aa".repeat(32)
          }
        }
      ]
    },
    active: {
      keyPath: "id",
      rows: [{ id: "icd10cm-FY2026", key: "icd10cm-FY2026@aaaaaaaaaaaaaaaa" }]
    }
  })

const USER_V1: Record<string, Store> = {
  sites: { keyPath: "origin", rows: [{ origin: "https://ehr.example", enabled: true, addedAt: 1 }] },
  settings: { keyPath: "key", rows: [{ key: "setting", value: "inpatient" }] },
  pins: {
    keyPath: ["system", "code"],
    indexes: { pinnedAt: "pinnedAt" },
    rows: [{ system: "ICD-10-CM", code: "I10", pinnedAt: 2 }]
  },
  notes: {
    keyPath: ["system", "code"],
    rows: [{ system: "ICD-10-CM", code: "I10", text: "mine", changedAt: 2 }]
  },
  recents: {
    keyPath: ["system", "code"],
    indexes: { at: "at" },
    rows: [{ system: "HCPCS", code: "E0110", at: 3 }]
  }
}

export const writeUserV1 = (name: string) => write(name, 10, USER_V1)

/** As version 2 left it: with the counts by rule. */
export const writeUserV2 = (name: string) =>
  write(name, 20, {
    ...USER_V1,
    ruleCounts: { keyPath: "rule", rows: [{ rule: "heart-failure", accepted: 3, dismissed: 1 }] }
  })
