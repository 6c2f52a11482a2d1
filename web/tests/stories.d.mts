export const stories: Record<string, unknown>;
