import { afterEach, describe, expect, it, vi } from "vitest";
import { Desk } from "../desk.svelte";
import { Replanning } from "./replanning.svelte";

afterEach(() => vi.unstubAllGlobals());

/** What is sent when somebody asks what would follow, with this depot chosen. */
async function sentWith(depotId: string): Promise<unknown> {
  const bodies: unknown[] = [];
  vi.stubGlobal("fetch", (_url: string, { body }: { body: string }) => {
    bodies.push(JSON.parse(body));
    return Promise.resolve(new Response("{}", { headers: { "content-type": "application/json" } }));
  });
  const desk = new Desk();
  desk.on = "2026-11-24";
  desk.depotId = depotId;
  const replanning = new Replanning(desk);
  replanning.kind = "delay";
  replanning.runId = "run_1";
  await replanning.ask();
  return bodies[0];
}

describe("what would follow", () => {
  it.each([
    ["north", ["north"]],
    ["", []],
  ])("is asked of the chosen depot (%s), or of the whole day", async (depotId, depot_ids) => {
    expect(await sentWith(depotId)).toMatchObject({ on: "2026-11-24", depot_ids, changes: [{ kind: "delay", run_id: "run_1" }] });
  });
});
