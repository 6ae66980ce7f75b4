import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts', 'examples/**/*.test.ts'],
    // Many tests wait for processes that they have started.
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // The example's AWS SDK says at every start that it will leave Node.js 20 one day.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  },
});
