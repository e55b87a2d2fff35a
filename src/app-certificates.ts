import { statSync } from 'node:fs';
import { Server } from 'node:https';
import { createSecureContext } from 'node:tls';
import type { SiteConfig } from './config/site-config.ts';
import { messageOf } from './errors.ts';
import { type EdgeOptions, secureOptionsOf } from './http/access/edge-options.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';

const lookEveryMs = 30_000;

/**
 * Takes a renewed certificate without a restart: new connections get it, those that stand keep theirs. One that cannot be used, or
 * only half of which is there yet, is left aside until it can.
 */
export function renewCertificates(
  server: object,
  files: NonNullable<SiteConfig['http']['tls']>,
  read: () => EdgeOptions['tls'],
  { clock, log, everyMs = lookEveryMs }: { readonly clock: Clock; readonly log: Log; readonly everyMs?: number },
): Disposable {
  const stopped = new AbortController();
  let seen = stampOf(files);
  const look = (): void => {
    const stamp = stampOf(files);
    if (stamp !== seen) {
      try {
        const tls = read();
        if (tls === null) return;
        const options = secureOptionsOf(tls);
        createSecureContext(options);
        if (server instanceof Server) server.setSecureContext(options);
        seen = stamp;
        log.info({}, 'the renewed certificate is in use');
      } catch (error) {
        log.warn({ reason: messageOf(error) }, 'the renewed certificate cannot be used: the former one stays');
      }
    }
    next();
  };
  const next = (): void => void clock.sleep(everyMs, stopped.signal).then(look, () => undefined);
  next();
  return { [Symbol.dispose]: () => stopped.abort() };
}

function stampOf({ certFile, keyFile, clientCaFile }: NonNullable<SiteConfig['http']['tls']>): string {
  return [certFile, keyFile, ...(clientCaFile === undefined ? [] : [clientCaFile])].map(stamp).join();
}

function stamp(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat === undefined ? 'none' : `${stat.mtimeMs}/${stat.size}/${stat.ino}`;
}
