/** A WebSocket that comes back by itself: for feeds that have one way only (the dispatcher's vans). */

import { waitMs } from "./patience";

/** The server's heartbeat comes every 25 s and may take 10: after that the line is dead, whatever TCP believes. */
export const SILENCE_MS_MAX = 40_000;

export interface Line {
  close: () => void;
}

export interface Listener {
  onText: (text: string) => void;
  /** True while messages can arrive. */
  onState?: (open: boolean) => void;
}

/** Opens one socket; `onEnd` is called exactly once, when it is over. */
export function openSocket(url: string, onText: (text: string) => void, onEnd: () => void): Line {
  const socket = new WebSocket(url);
  let over = false;
  let silence = setTimeout(end, SILENCE_MS_MAX);

  function end() {
    if (over) return;
    over = true;
    clearTimeout(silence);
    socket.close();
    onEnd();
  }

  socket.onmessage = (message) => {
    clearTimeout(silence);
    silence = setTimeout(end, SILENCE_MS_MAX);
    if (typeof message.data === "string") onText(message.data);
  };
  socket.onclose = end;
  socket.onerror = end;
  return {
    close: () => {
      over = true;
      clearTimeout(silence);
      socket.close();
    },
  };
}

/** Keeps a socket open for ever; `urlNow` is asked before each try, so that it can say `since`. */
export function keepSocket(urlNow: () => string, { onText, onState }: Listener): Line {
  let failures = 0;
  let line: Line | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const heard = (text: string) => {
    if (failures >= 0) onState?.(true);
    failures = 0;
    onText(text);
  };
  const lost = () => {
    failures += 1;
    onState?.(false);
    timer = setTimeout(connect, waitMs(failures, Math.random()));
  };
  const connect = () => {
    line = openSocket(urlNow(), heard, lost);
  };
  connect();
  return {
    close: () => {
      clearTimeout(timer);
      line?.close();
    },
  };
}
