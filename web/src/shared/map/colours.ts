/** Reads the colours of `tokens.css` as they are now, for what is painted rather than styled. */

const ROUTES = 8;

export function colour(token: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${token}`).trim();
}

/** The colour token of the n-th route (from 0); after eight they come again, then told apart by their number. */
export const routeToken = (index: number): string => `route-${(index % ROUTES) + 1}`;

export const routeColour = (index: number): string => colour(routeToken(index));
