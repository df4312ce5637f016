import { Button, CloseButton, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { Link, useSearchParams } from 'wouter';
import type { VisitorList } from '../../collector/api.js';
import { useVisitors } from '../api/reports.js';
import { Icon } from '../identity/icons.js';
import { useSpeech } from '../language/language.js';
import { DataTable, HeadCell, NumberCell } from '../shell/dataTable.js';
import { Empty } from '../shell/empty.js';
import { Screen } from '../shell/screen.js';
import { usePlace } from '../shell/site.js';
import classes from './tables.module.css';

const TYPING_PAUSE_MS = 250;

export function VisitorsScreen() {
  const { t } = useSpeech();
  const { site } = usePlace();
  const [search, setSearch] = useSearchParams();
  const [typed, setTyped] = useState(search.get('q') ?? '');
  const [wanted] = useDebouncedValue(typed.trim(), TYPING_PAUSE_MS);
  const report = useVisitors(site.key, wanted);
  const type = (text: string) => {
    setTyped(text);
    setSearch(text.trim() ? { q: text.trim() } : {}, { replace: true });
  };
  return (
    <Screen title={t.visitors.title} report={report} tools={<SearchField typed={typed} type={type} />}>
      {(data) => {
        if (data.visitors.length > 0) return <VisitorTable visitors={data.visitors} />;
        if (!wanted) return <Empty title={t.visitors.empty} hint={t.visitors.emptyHint} />;
        return (
          <Empty title={t.visitors.notFound(wanted)} hint={t.visitors.notFoundHint}>
            <Button variant="default" size="xs" onClick={() => type('')}>
              {t.visitors.clear}
            </Button>
          </Empty>
        );
      }}
    </Screen>
  );
}

function SearchField({ typed, type }: { typed: string; type(text: string): void }) {
  const { t } = useSpeech();
  return (
    <TextInput
      type="search"
      label={t.visitors.search}
      description={t.visitors.searchHint}
      w={360}
      maw="100%"
      leftSection={<Icon name="search" size={16} />}
      rightSection={
        typed ? <CloseButton size="sm" aria-label={t.visitors.clear} onClick={() => type('')} /> : null
      }
      value={typed}
      onChange={(event) => type(event.currentTarget.value)}
      data-test="visitor-search"
    />
  );
}

function VisitorTable({ visitors }: { visitors: VisitorList['visitors'] }) {
  const { t, format } = useSpeech();
  return (
    <DataTable
      caption={t.visitors.caption}
      head={
        <>
          <HeadCell>{t.visitors.visitor}</HeadCell>
          <HeadCell>{t.visitors.user}</HeadCell>
          <HeadCell numeric>{t.visitors.lastSeen}</HeadCell>
          <HeadCell numeric>{t.visitors.firstSeen}</HeadCell>
          <HeadCell numeric>{t.visitors.sessions}</HeadCell>
          <HeadCell numeric>{t.visitors.events}</HeadCell>
        </>
      }
    >
      {visitors.map((visitor) => (
        <tr key={visitor.visitor} data-test="visitor-row">
          <th scope="row">
            <Link className={classes.mono} href={`/visitors/${encodeURIComponent(visitor.visitor)}`}>
              {visitor.visitor.slice(0, 13)}
            </Link>
          </th>
          <td>
            {visitor.user === null ? (
              <span className={classes.sub}>{t.visitors.anonymous}</span>
            ) : (
              <Link href={`/visitors/${encodeURIComponent(visitor.visitor)}`}>{visitor.user}</Link>
            )}
          </td>
          <NumberCell value={format.dateTime(visitor.lastSeen)} />
          <NumberCell value={format.dateTime(visitor.firstSeen)} />
          <NumberCell value={format.number(visitor.sessions)} />
          <NumberCell value={format.number(visitor.events)} />
        </tr>
      ))}
    </DataTable>
  );
}
