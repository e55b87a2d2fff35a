/** OpenAPI 3.1, as much of it as we add to. */
export interface Media {
  readonly schema?: object;
  example?: unknown;
  readonly examples?: object;
}
export interface Response {
  readonly description: string;
  readonly content?: Readonly<Record<string, Media>>;
}
export interface Operation {
  operationId?: string;
  requestBody?: { readonly required?: boolean; readonly content: Readonly<Record<string, Media>> };
  responses?: Readonly<Record<string, Response | { readonly $ref: string }>>;
}
export interface Document {
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: Readonly<Record<string, Readonly<Record<string, object>>>>;
}
