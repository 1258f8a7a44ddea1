/** A note that is still being written, in a real rich-text editor. */
import Quill from "quill"
import "quill/dist/quill.snow.css"

const editor = new Quill("#editor", {
  theme: "snow",
  placeholder: "Addendum",
  modules: { toolbar: ["bold", "italic", { list: "bullet" }] }
})
/** For tests: what the editor itself holds. */
Object.assign(window, { readState: () => editor.getText() })
