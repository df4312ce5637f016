import { Button } from '@mantine/core';
import { Component } from 'react';
import type { ReactNode } from 'react';
import { useSpeech } from '../language/language.js';
import { Empty } from './empty.js';

/** Catches what a screen throws while rendering or loading, so that the navigation stays usable. */
export class CrashScreen extends Component<{ children: ReactNode }, { crashed: boolean }> {
  override state = { crashed: false };

  static getDerivedStateFromError() {
    return { crashed: true };
  }

  override render() {
    return this.state.crashed ? <Crashed /> : this.props.children;
  }
}

function Crashed() {
  const { t } = useSpeech();
  return (
    <Empty title={t.errors.crashed}>
      <Button onClick={() => location.reload()}>{t.errors.reload}</Button>
    </Empty>
  );
}
