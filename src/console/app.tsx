import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Router } from 'wouter';
import { createQueryClient } from './api/queryClient.js';
import { sessionQuery } from './api/session.js';
import { colorSchemeManager } from './identity/colorScheme.js';
import { theme } from './identity/theme.js';
import { LanguageProvider } from './language/language.js';
import { SignIn } from './screens/signIn.js';
import { CrashScreen } from './shell/crashScreen.js';
import { Failure } from './shell/failure.js';
import { Routes } from './shell/routes.js';
import { PageSkeleton } from './shell/skeletons.js';

const nonce = () => document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';

/** Variables and classes of Mantine come from style sheets (see adoptTheme), so that no style element is written. */
export function App() {
  const [client] = useState(createQueryClient);
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={colorSchemeManager}
      getStyleNonce={nonce}
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <LanguageProvider>
        <CrashScreen>
          <QueryClientProvider client={client}>
            <Notifications position="bottom-right" />
            <Router base="/console">
              <Gate />
            </Router>
          </QueryClientProvider>
        </CrashScreen>
      </LanguageProvider>
    </MantineProvider>
  );
}

/** Signed out shows the sign-in at whatever address one is at, so signing in continues there. */
function Gate() {
  const session = useQuery(sessionQuery);
  if (session.data) return <Routes session={session.data} />;
  if (session.data === null) return <SignIn />;
  if (session.error) return <Failure error={session.error} retry={() => void session.refetch()} />;
  return <PageSkeleton />;
}
