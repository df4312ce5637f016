import { useOverview } from '../api/reports.js';
import { DailyChart } from '../charts/dailyChart.js';
import { useSpeech } from '../language/language.js';
import { Card, Figure, Figures } from '../shell/card.js';
import { Empty } from '../shell/empty.js';
import { Screen } from '../shell/screen.js';
import { usePlace } from '../shell/site.js';

/** The first screen: is anything happening, and how much. */
export function OverviewScreen() {
  const { t, format } = useSpeech();
  const { site } = usePlace();
  const report = useOverview(site.key);
  return (
    <Screen title={t.overview.title} lead={`${site.name} · ${t.overview.period}`} report={report}>
      {(data) =>
        data.events === 0 ? (
          <Empty title={t.overview.empty} hint={t.overview.emptyHint} />
        ) : (
          <>
            <Figures>
              <Figure
                label={t.overview.visitors}
                value={format.number(data.visitors)}
                note={t.overview.events(format.number(data.events))}
                test="overview-visitors"
              />
              <Figure
                label={t.overview.sessions}
                value={format.number(data.sessions)}
                {...(data.visitors > 0
                  ? { note: t.overview.perVisitor(format.decimal(data.sessions / data.visitors, 1)) }
                  : {})}
                test="overview-sessions"
              />
              <Figure
                label={t.overview.purchases}
                value={format.number(data.purchases)}
                note={t.overview.perSession(format.rate(data.purchases, data.sessions))}
                test="overview-purchases"
              />
              <Figure
                label={t.overview.revenue}
                value={format.money(data.revenue)}
                {...(data.purchases > 0
                  ? { note: t.overview.average(format.money(Math.round(data.revenue / data.purchases))) }
                  : {})}
                test="overview-revenue"
              />
            </Figures>
            <Card title={t.overview.chart}>
              <DailyChart
                label={t.overview.chart}
                days={data.daily}
                series={[
                  { name: 'visitors', label: t.overview.visitors, color: 'var(--k-shown)' },
                  { name: 'sessions', label: t.overview.sessions, color: 'var(--k-answered)' },
                  { name: 'purchases', label: t.overview.purchases, color: 'var(--k-goal)' },
                ]}
              />
            </Card>
          </>
        )
      }
    </Screen>
  );
}
