/** The model of this panel, for every screen in it. */
import { createContext, useContext } from "react"
import type { PanelModel } from "../session/panel-model"

const Context = createContext<PanelModel | undefined>(undefined)

export const PanelProvider = Context.Provider

export function usePanel(): PanelModel {
  const model = useContext(Context)
  if (!model) throw new Error("A panel screen stands outside of PanelProvider.")
  return model
}
