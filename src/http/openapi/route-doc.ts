import type { ErrorCode } from '../../errors.ts';

/** A body that is not described by the route's own schema; `schema` is JSON Schema, text where it is left out. */
export interface Answer {
  readonly type: string;
  readonly schema?: object;
  readonly example?: unknown;
}

/**
 * What readers are told of a route besides its schemas. Each route has one, in `route-docs.ts`; a test says which lacks what, and
 * sends every `request` to the running service.
 */
export interface RouteDoc {
  /** One line: what it does. */
  readonly summary: string;
  /** What is not obvious. */
  readonly description?: string;
  /** A good body. */
  readonly request?: unknown;
  /** A whole answer, where the resources in it do not give one by themselves. */
  readonly response?: unknown;
  /** By status: answers other than the JSON of the route's schema; null: without a body. */
  readonly answers?: Readonly<Record<number, Answer | null>>;
  /** What it may be refused for besides what its access, its parameters and its body imply. */
  readonly problems?: readonly ErrorCode[];
}

/** `METHOD /path` as routes are registered, below `/api/v1` unless they stand at the root → its doc. */
export type RouteDocs = Readonly<Record<string, RouteDoc>>;
