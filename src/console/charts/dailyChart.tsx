import { LineChart } from '@mantine/charts';
import { useId } from 'react';
import { useSpeech } from '../language/language.js';
import { DataTable, HeadCell, NumberCell } from '../shell/dataTable.js';
import classes from './charts.module.css';

const DASHES = ['', '7 3', '2 3', '9 3 2 3'];

interface Series {
  name: string;
  label: string;
  /** A CSS colour; lines differ by dashes too, colour never carries meaning alone. */
  color: string;
}

interface DailyChartProps {
  label: string;
  days: { day: string; [series: string]: number | string }[];
  series: Series[];
}

/** Lines per day, and the same numbers as a table for who cannot or would not read lines. */
export function DailyChart({ label, days, series }: DailyChartProps) {
  const { t, format } = useSpeech();
  const id = useId();
  return (
    <>
      <Legend series={series} />
      <div role="img" aria-label={`${label}. ${summary(days, series, format.number)}`} aria-details={id}>
        <LineChart
          h={240}
          data={days}
          dataKey="day"
          series={series.map((one, index) => ({
            ...one,
            strokeDasharray: DASHES[index % DASHES.length] ?? '',
          }))}
          curveType="linear"
          withDots={false}
          strokeWidth={2}
          gridAxis="x"
          tickLine="none"
          valueFormatter={format.number}
          xAxisProps={{ tickFormatter: (day: string) => format.day(day), minTickGap: 36 }}
          yAxisProps={{ allowDecimals: false, width: 44 }}
          tooltipProps={{
            labelFormatter: (day: unknown) => format.day(String(day)),
            isAnimationActive: false,
          }}
          lineProps={{ isAnimationActive: false }}
          lineChartProps={{ accessibilityLayer: false }}
        />
      </div>
      <details id={id} className={classes.details}>
        <summary>{t.common.asTable}</summary>
        <DataTable
          caption={label}
          head={
            <>
              <HeadCell>{t.common.day}</HeadCell>
              {series.map((one) => (
                <HeadCell key={one.name} numeric>
                  {one.label}
                </HeadCell>
              ))}
            </>
          }
        >
          {[...days].reverse().map((day) => (
            <tr key={day.day}>
              <th scope="row">{format.day(day.day)}</th>
              {series.map((one) => (
                <NumberCell key={one.name} value={format.number(Number(day[one.name] ?? 0))} />
              ))}
            </tr>
          ))}
        </DataTable>
      </details>
    </>
  );
}

function Legend({ series }: { series: Series[] }) {
  return (
    <ul className={classes.legend}>
      {series.map((one, index) => (
        <li key={one.name}>
          <svg width="26" height="8" aria-hidden="true">
            <line
              x1="0"
              x2="26"
              y1="4"
              y2="4"
              stroke={one.color}
              strokeWidth="2.5"
              strokeDasharray={DASHES[index % DASHES.length]}
            />
          </svg>
          {one.label}
        </li>
      ))}
    </ul>
  );
}

/** Totals in words, the shortest honest alternative to the picture. */
function summary(days: DailyChartProps['days'], series: Series[], number: (value: number) => string): string {
  return series
    .map((one) => `${one.label} ${number(days.reduce((sum, day) => sum + Number(day[one.name] ?? 0), 0))}`)
    .join(', ');
}
