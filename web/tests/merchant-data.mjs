/** A merchant's month, invented, for the mock server. */
export function answerMerchant() {
  return null;
}
