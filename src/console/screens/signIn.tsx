import { Alert, Button, PasswordInput, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { FormEvent } from 'react';
import { ApiError } from '../api/request.js';
import { CookieRefused, useSignIn } from '../api/session.js';
import { Wordmark } from '../identity/wordmark.js';
import type { Dictionary } from '../language/en.js';
import { useSpeech } from '../language/language.js';
import { describeError } from '../shell/failure.js';
import { LanguageSwitch } from '../shell/languageSwitch.js';
import classes from './signIn.module.css';

/** Why signing in failed, in words that say what to do. */
export function signInTrouble(error: unknown, t: Dictionary): string {
  if (error instanceof CookieRefused) return t.signIn.cookie;
  if (error instanceof ApiError && error.status === 401) return t.signIn.wrong;
  if (error instanceof ApiError && error.status === 429)
    return t.signIn.tooMany(String(error.retryAfterSeconds ?? 60));
  return describeError(error, t).text;
}

export function SignIn() {
  const { t } = useSpeech();
  useEffect(() => {
    document.title = `${t.signIn.title} – Kikubari`;
  }, [t]);
  return (
    <div className={classes.page}>
      <main className={classes.card}>
        <div className={classes.top}>
          <Wordmark />
          <LanguageSwitch />
        </div>
        <p className={classes.tagline}>{t.common.tagline}</p>
        <h1 className={classes.title}>{t.signIn.title}</h1>
        <SignInForm />
        <p className={classes.first}>{t.signIn.first}</p>
      </main>
    </div>
  );
}

function SignInForm() {
  const { t } = useSpeech();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useSignIn();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!signIn.isPending) signIn.mutate({ email: email.trim(), password });
  };
  return (
    <form onSubmit={submit} className={classes.form}>
      {signIn.error ? (
        <Alert color="red" role="alert" data-test="sign-in-error">
          {signInTrouble(signIn.error, t)}
        </Alert>
      ) : null}
      <TextInput
        label={t.signIn.email}
        type="email"
        autoComplete="username"
        required
        withAsterisk={false}
        autoFocus
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
        data-test="sign-in-email"
      />
      <PasswordInput
        label={t.signIn.password}
        autoComplete="current-password"
        required
        withAsterisk={false}
        maxLength={128}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        data-test="sign-in-password"
      />
      <Button type="submit" loading={signIn.isPending} data-test="sign-in-submit">
        {t.signIn.submit}
      </Button>
    </form>
  );
}
