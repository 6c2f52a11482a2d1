/** One question to the platform, with the four things a screen must show: asking, answer, trouble, and asking again. */

export class Question<Answer> {
  answer: Answer | undefined = $state.raw();
  trouble: unknown = $state.raw(null);
  asking = $state(true);
  #ask: (signal: AbortSignal) => Promise<Answer>;
  #running: AbortController | undefined;

  /** Asks at once, and again whenever a rune that `ask` reads before its first `await` changes. Use it while a component is set up. */
  constructor(ask: (signal: AbortSignal) => Promise<Answer>) {
    this.#ask = ask;
    $effect(() => {
      void this.again();
      return () => this.#running?.abort();
    });
  }

  again = async (): Promise<void> => {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    const answering = this.#ask(running.signal);
    this.asking = true;
    try {
      const answer = await answering;
      if (running.signal.aborted) return;
      this.answer = answer;
      this.trouble = null;
    } catch (error) {
      if (running.signal.aborted) return;
      this.trouble = error;
    }
    this.asking = false;
  };
}
