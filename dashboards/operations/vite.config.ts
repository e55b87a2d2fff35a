import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The operations dashboard: static files for the service to serve, no address but its own origin. */
export default defineConfig({
  plugins: [react()],
  build: { target: 'es2022', outDir: 'dist', emptyOutDir: true, assetsInlineLimit: 0 },
});
