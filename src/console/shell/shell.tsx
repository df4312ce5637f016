import { NativeSelect, Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useSignOut } from '../api/session.js';
import { Icon } from '../identity/icons.js';
import type { IconName } from '../identity/icons.js';
import { Wordmark } from '../identity/wordmark.js';
import { useSpeech } from '../language/language.js';
import { LanguageSwitch } from './languageSwitch.js';
import { SchemeSwitch } from './schemeSwitch.js';
import classes from './shell.module.css';
import { usePlace } from './site.js';

const ENTRIES = [
  ['overview', '/'],
  ['campaigns', '/campaigns'],
  ['funnel', '/funnel'],
  ['surveys', '/surveys'],
  ['visitors', '/visitors'],
] as const satisfies readonly (readonly [IconName, string])[];

/** Frame of every screen: skip link, navigation, and the main landmark. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useSpeech();
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#main">
        {t.common.skip}
      </a>
      <header className={classes.side}>
        <Link href="/" className={classes.home}>
          <Wordmark />
        </Link>
        <Navigation />
        <Account />
      </header>
      <main id="main" className={classes.main} tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

function Navigation() {
  const { t } = useSpeech();
  const [location] = useLocation();
  return (
    <nav aria-label={t.common.navigation} className={classes.nav}>
      {ENTRIES.map(([name, href]) => {
        const here = href === '/' ? location === '/' : location === href || location.startsWith(`${href}/`);
        return (
          <Link
            key={name}
            href={href}
            className={classes.entry}
            data-test={`nav-${name}`}
            {...(here ? { 'aria-current': 'page' as const } : {})}
          >
            <Icon name={name} />
            <span>{t.nav[name]}</span>
          </Link>
        );
      })}
    </nav>
  );
}

function Account() {
  const { t } = useSpeech();
  const { session } = usePlace();
  const signOut = useSignOut(session.csrf);
  return (
    <div className={classes.account}>
      <SiteChoice />
      <div className={classes.switches}>
        <LanguageSwitch />
        <SchemeSwitch />
      </div>
      <span className={classes.email} title={session.email}>
        {session.email}
      </span>
      <Button
        variant="subtle"
        size="compact-sm"
        color="gray"
        loading={signOut.isPending}
        onClick={() => signOut.mutate()}
        data-test="sign-out"
      >
        {t.common.signOut}
      </Button>
    </div>
  );
}

function SiteChoice() {
  const { t } = useSpeech();
  const { session, site } = usePlace();
  const [, navigate] = useLocation();
  if (session.sites.length < 2) return <span className={classes.site}>{site.name}</span>;
  return (
    <NativeSelect
      aria-label={t.common.site}
      size="xs"
      value={site.key}
      data={session.sites.map(({ key, name }) => ({ value: key, label: name }))}
      onChange={(event) => navigate(`~/console/${encodeURIComponent(event.currentTarget.value)}`)}
    />
  );
}
