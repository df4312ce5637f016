import { VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './dataTable.module.css';

/** A table for comparing: hidden caption, sideways scroll of its own when narrow. Mark number cells with `numeric`. */
export function DataTable({
  caption,
  head,
  children,
}: {
  caption: string;
  head: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className={classes.scroll} role="region" aria-label={caption} tabIndex={0}>
      <table className={classes.table}>
        <caption>
          <VisuallyHidden>{caption}</VisuallyHidden>
        </caption>
        <thead>
          <tr>{head}</tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

export function HeadCell({ children, numeric }: { children: ReactNode; numeric?: boolean }) {
  return (
    <th scope="col" data-numeric={numeric || undefined}>
      {children}
    </th>
  );
}

/** A number, and below it smaller what it is of. */
export function NumberCell({ value, note, test }: { value: string; note?: string; test?: string }) {
  return (
    <td data-numeric data-test={test}>
      {value}
      {note ? <span className={classes.note}>{note}</span> : null}
    </td>
  );
}
