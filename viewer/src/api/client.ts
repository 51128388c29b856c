import { fromJson, ShapeError } from './shape';
import type { Schemas } from './types';

/** Why an answer did not come, in the few ways that a person must tell apart. */
export type Fault =
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'refused'; readonly message: string; readonly code: string; readonly field?: string }
  | { readonly kind: 'misunderstood'; readonly message: string };

export class ApiError extends Error {
  constructor(
    readonly fault: Fault,
    readonly status: number,
    /** Milliseconds after which the server, busy now, may be asked again; null where it does not say. */
    readonly askAgainAfter: number | null = null,
  ) {
    super('message' in fault ? fault.message : fault.kind);
  }
}

/** How often a server that is too busy to answer is asked, and how long it is left alone between, at most. */
const mostTries = 4;
const longestRest = 5_000;

/**
 * One GET of this API, asked again where the server is too busy and says when. `path` is from the server's root;
 * empty parameters are left out.
 * @throws {ApiError}, or the signal's AbortError.
 */
export async function get<Name extends keyof Schemas>(
  name: Name,
  path: string,
  parameters: Readonly<Record<string, string | number | undefined>>,
  signal?: AbortSignal,
): Promise<Schemas[Name]> {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== '') query.set(key, String(value));
  }
  const address = query.size > 0 ? `${path}?${query}` : path;
  for (let tries = 1; ; tries += 1) {
    try {
      return await ask(name, address, {}, signal);
    } catch (error) {
      if (!(error instanceof ApiError) || error.askAgainAfter === null || tries === mostTries) throw error;
      await rest(Math.min(error.askAgainAfter, longestRest), signal);
    }
  }
}

/**
 * One request that changes something. What is sent is JSON, or the bytes of a file.
 * @throws {ApiError}, or the signal's AbortError.
 */
export async function send<Name extends keyof Schemas>(
  name: Name,
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  content: object | Blob,
  signal?: AbortSignal,
): Promise<Schemas[Name]> {
  const isFile = content instanceof Blob;
  const type = isFile ? 'application/octet-stream' : 'application/json';
  const body = isFile ? content : JSON.stringify(content);
  return ask(name, path, { method, body, headers: { 'content-type': type } }, signal);
}

async function ask<Name extends keyof Schemas>(
  name: Name,
  address: string,
  init: RequestInit,
  signal: AbortSignal | undefined,
): Promise<Schemas[Name]> {
  let response: Response;
  try {
    const headers = { accept: 'application/json', ...init.headers };
    response = await fetch(address, { ...init, headers, signal: signal ?? null });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError({ kind: 'unreachable' }, 0);
  }
  const body: unknown = await response.json().catch(() => undefined);
  if (signal?.aborted) throw signal.reason;
  if (!response.ok) throw new ApiError(refusal(body, response.status), response.status, restAskedFor(response));
  try {
    return fromJson(name, body);
  } catch (error) {
    if (error instanceof ShapeError) throw new ApiError({ kind: 'misunderstood', message: error.message }, response.status);
    throw error;
  }
}

function refusal(body: unknown, status: number): Fault {
  try {
    return { kind: 'refused', ...fromJson('Error', body) };
  } catch {
    return status >= 502 && status <= 504
      ? { kind: 'unreachable' }
      : { kind: 'refused', code: String(status), message: `HTTP ${status}` };
  }
}

function restAskedFor(response: Response): number | null {
  const seconds = response.headers.get('retry-after');
  return response.status === 503 && seconds !== null && /^\d+$/.test(seconds) ? 1000 * Number(seconds) : null;
}

function rest(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    }, { once: true });
  });
}
