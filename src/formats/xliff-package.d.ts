/** The `xliff` package brings no types; these are the functions that `xliff-json.ts` uses of it. */
declare module "xliff/xliff2js" {
  const xliff2js: (text: string, options: object) => Promise<unknown>;
  export { xliff2js as default };
}
declare module "xliff/xliff12ToJs" {
  const xliff12ToJs: (text: string, options: object) => Promise<unknown>;
  export { xliff12ToJs as default };
}
declare module "xliff/js2xliff" {
  const js2xliff: (content: object, options: { readonly indent: string }) => Promise<string>;
  export { js2xliff as default };
}
declare module "xliff/jsToXliff12" {
  const jsToXliff12: (content: object, options: { readonly indent: string }) => Promise<string>;
  export { jsToXliff12 as default };
}
