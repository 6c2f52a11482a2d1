/** The address bar as a rune: what a screen shows stands there, so that it can be linked, reloaded and gone back to. */

class Place {
  #search = $state(typeof location === "undefined" ? "" : location.search);

  constructor() {
    if (typeof addEventListener === "function") addEventListener("popstate", () => (this.#search = location.search));
  }

  get params(): URLSearchParams {
    return new URLSearchParams(this.#search);
  }

  get(name: string): string {
    return this.params.get(name) ?? "";
  }

  /** Goes to another view of the same door, with a step in the history. */
  go(search: string): void {
    history.pushState(null, "", search || location.pathname);
    this.#search = location.search;
    scrollTo(0, 0);
  }

  /** Changes what is shown within the view, without a step; an empty value takes the name away. */
  refine(changes: Record<string, string>): void {
    const params = this.params;
    for (const [name, value] of Object.entries(changes)) {
      if (value) params.set(name, value);
      else params.delete(name);
    }
    const text = params.toString();
    history.replaceState(null, "", text ? `?${text}` : location.pathname);
    this.#search = location.search;
  }

  /** For the whole page: a plain click on a link that only changes the query stays within the page. */
  follow = (event: MouseEvent): void => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const elsewhere = event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey;
    if (!link || elsewhere || link.target || link.hasAttribute("download")) return;
    if (link.origin !== location.origin || link.pathname !== location.pathname) return;
    event.preventDefault();
    this.go(link.search);
  };
}

export const place = new Place();
