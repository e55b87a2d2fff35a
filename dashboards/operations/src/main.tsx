import '@mantine/core/styles.css';
import 'uplot/dist/uPlot.min.css';
import './styles/index.css';
import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createApi } from './contract/api.ts';
import { App } from './shell/app.tsx';
import { PartsContext } from './shell/context.ts';
import { createRouter } from './shell/router.ts';
import { theme } from './shell/theme.ts';
import { createTicker } from './shell/ticker.ts';
import { createStore } from './state/store.ts';
import { liveAddress } from './sync/live-socket.ts';
import { createPassageLoader } from './sync/passage-loader.ts';
import { startSync } from './sync/sync.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

const store = createStore();
const api = createApi((input, init) => fetch(input, init));
const parts = {
  store,
  api,
  sync: startSync({
    store,
    api,
    address: liveAddress(location),
    random: Math.random,
    signIn: () => location.assign('/signin'),
  }),
  router: createRouter(),
  ticker: createTicker(() => Date.now() + api.clockOffsetMs()),
  passages: createPassageLoader(api, store),
};

createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <PartsContext value={parts}>
        <App />
      </PartsContext>
    </MantineProvider>
  </StrictMode>,
);
