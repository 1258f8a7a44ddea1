/** Cells of grids that can be edited. Only what calls itself one: a plain table is not edited by pressing it. */
export const CELL = "[role=gridcell], .handsontable td"
export const ROW = "[role=row], tr"

export const cellAt = (el: Element): HTMLElement | null => el.closest<HTMLElement>(CELL)

/** The whole grid: its titles are often drawn as a table of their own. */
export const gridOf = (cell: Element): Element | null =>
  cell.closest("[role=grid], [role=treegrid], .handsontable") ?? cell.closest("table")
