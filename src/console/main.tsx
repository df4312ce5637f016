import '@mantine/core/styles.css';
import '@mantine/charts/styles.css';
import '@mantine/notifications/styles.css';
import './identity/base.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { adoptTheme } from './identity/adoptTheme.js';
import { applyColorScheme } from './identity/colorScheme.js';

applyColorScheme();
adoptTheme();
const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
