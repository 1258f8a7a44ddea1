import Quill from "quill"
import "quill/dist/quill.snow.css"
import { Editor as TT } from "@tiptap/core"
import StarterKit from "@tiptap/starter-kit"
import { ContentState, Editor as Draft, EditorState } from "draft-js"
import "draft-js/dist/Draft.css"
import { LexicalComposer } from "@lexical/react/LexicalComposer"
import { ContentEditable } from "@lexical/react/LexicalContentEditable"
import LexicalErrorBoundary from "@lexical/react/LexicalErrorBoundary"
import { OnChangePlugin } from "@lexical/react/LexicalOnChangePlugin"
import { RichTextPlugin } from "@lexical/react/LexicalRichTextPlugin"
import CodeMirror from "codemirror"
import { $createParagraphNode, $createTextNode, $getRoot } from "lexical"
import { createEditor } from "slate"
import { Editable, Slate, withReact } from "slate-react"
import "codemirror/lib/codemirror.css"
import HtmlEditor from "devextreme/ui/html_editor"
import "devextreme/dist/css/dx.light.css"
import { useMemo, useState } from "react"
import { createRoot } from "react-dom/client"

const S =
  "79-year-old man with type 2 diabetes and hypertension. Five days of productive cough, low-grade fever. Numb feet at night. Former smoker, quit 2009."
const O =
  "BP 152/88, T 37.9, SpO2 94%. Crackles right base. Reduced monofilament sensation to ankles. HbA1c 8.4%, eGFR 48. CXR: right lower lobe consolidation."
const A = [
  "Community-acquired pneumonia, right lower lobe",
  "Type 2 diabetes mellitus with diabetic polyneuropathy",
  "CKD stage 3a",
  "Essential hypertension, uncontrolled"
]
const PL =
  "Amoxicillin-clavulanate 7 days, gabapentin 100 mg nightly, lisinopril 40 mg. 25 minutes total time."
const st = {}
window.readState = () => ({
  ...st,
  tiny: window.tinymce?.get("tiny")?.getContent({ format: "text" }),
  tinyinline: window.tinymce?.get("tinyinline")?.getContent({ format: "text" }),
  ck4: window.CKEDITOR?.instances.ck4?.getData(),
  ck5: window._ck5?.getData(),
  quill: window._q?.getText(),
  tiptap: window._tt?.getText(),
  summernote: window.$("#summernote").summernote("code"),
  cm: window._cm?.getValue(),
  dx: window._dx?.option("value")
})
CKEDITOR.disableAutoInline = true
tinymce.init({
  selector: "#tiny",
  height: 160,
  menubar: false,
  promotion: false,
  branding: false,
  base_url: "/vendor/tinymce",
  suffix: ".min",
  setup: (e) => e.on("init", () => e.setContent("<p>" + S + "</p>"))
})
tinymce.init({
  selector: "#tinyinline",
  inline: true,
  menubar: false,
  promotion: false,
  base_url: "/vendor/tinymce",
  suffix: ".min",
  setup: (e) => e.on("init", () => e.setContent("<p>Allergies: sulfa (rash).</p>"))
})
CKEDITOR.replace("ck4", { height: 100, versionCheck: false }).setData("<p>" + O + "</p>")
window.ClassicEditor.create(document.getElementById("ck5"), {
  initialData: "<ol>" + A.map((x) => "<li>" + x + "</li>").join("") + "</ol>"
}).then((e) => (window._ck5 = e))
window._q = new Quill("#quill", { theme: "snow" })
_q.setText(PL)
window._tt = new TT({
  element: document.getElementById("tiptap"),
  extensions: [StarterKit],
  content:
    "<p>Nebulized albuterol 2.5 mg in office with improvement. Spirometry before and after bronchodilator. High-dose influenza vaccine, left deltoid.</p>"
})
$("#summernote").summernote({ height: 80 })
$("#summernote").summernote(
  "code",
  "<p>Patient instructions: return if fever over 38.5 or short of breath.</p>"
)
function D() {
  const [e, s] = useState(() =>
    EditorState.createWithContent(
      ContentState.createFromText(
        "Called daughter: patient also has right knee contusion after ladder fall in August; x-ray 3 views negative."
      )
    )
  )
  st.draft = e.getCurrentContent().getPlainText()
  return <Draft editorState={e} onChange={s} />
}
function Sl() {
  const ed = useMemo(() => withReact(createEditor()), [])
  const [v, s] = useState([
    {
      type: "p",
      children: [{ text: "Vitals rechecked after nebulizer: SpO2 96%. Flu vaccine lot recorded." }]
    }
  ])
  st.slate = v.map((n) => n.children.map((c) => c.text).join("")).join("\n")
  return (
    <Slate editor={ed} initialValue={v} onChange={s}>
      <Editable className="slate" />
    </Slate>
  )
}
function Lx() {
  return (
    <LexicalComposer
      initialConfig={{
        namespace: "n",
        onError: console.error,
        editorState: () => {
          const p = $createParagraphNode()
          p.append($createTextNode("Addendum: obesity counselling, BMI 34.2, 8 minutes."))
          $getRoot().append(p)
        }
      }}
    >
      <RichTextPlugin
        contentEditable={<ContentEditable className="lex" />}
        placeholder={null}
        ErrorBoundary={LexicalErrorBoundary}
      />
      <OnChangePlugin
        onChange={(s) =>
          s.read(() => {
            st.lexical = $getRoot().getTextContent()
          })
        }
      />
    </LexicalComposer>
  )
}
function R() {
  const [v, s] = useState("Social: lives alone, food insecurity screen positive.")
  st.rta = v
  return <textarea value={v} onChange={(e) => s(e.target.value)} rows={3} cols={80} />
}
for (const [id, C] of [
  ["draft", D],
  ["slate", Sl],
  ["lexical", Lx],
  ["rta", R]
])
  createRoot(document.getElementById(id)).render(<C />)
window._cm = CodeMirror(document.getElementById("cm"), {
  value: Array.from({ length: 200 }, (_, i) =>
    i === 3
      ? "Dictated: hypertensive chronic kidney disease discussed."
      : i === 150
        ? "Line 151 (off screen): patient has obstructive sleep apnea on CPAP."
        : "dictation line " + (i + 1)
  ).join("\n"),
  lineNumbers: true
})
_cm.setSize(null, 120)
window._dx = new HtmlEditor(document.getElementById("dxhtml"), {
  value: "<p>Referral letter: please evaluate for pulmonary nodule follow-up.</p>",
  height: 100
})
