/** The look-up as the other rooms see it. */
export {
  createLookup,
  expansionsOf,
  type LexiconWords,
  type Lookup,
  type LookupExpansion,
  type LookupOptions,
  type OwnCodes,
  type SearchOptions
} from "./lookup"
