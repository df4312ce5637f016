import { lazy, Suspense, useMemo } from 'react';
import { Redirect, Route, Router, Switch, useLocation } from 'wouter';
import type { Session } from '../../collector/api.js';
import { useSpeech } from '../language/language.js';
import { CrashScreen } from './crashScreen.js';
import { Empty } from './empty.js';
import { Shell } from './shell.js';
import { PlaceContext } from './site.js';
import { PageSkeleton } from './skeletons.js';

const Overview = lazy(() => import('../screens/overview.js').then((m) => ({ default: m.OverviewScreen })));
const Campaigns = lazy(() => import('../screens/campaigns.js').then((m) => ({ default: m.CampaignsScreen })));
const Campaign = lazy(() => import('../screens/campaign.js').then((m) => ({ default: m.CampaignScreen })));
const Funnel = lazy(() => import('../screens/funnel.js').then((m) => ({ default: m.FunnelScreen })));
const Surveys = lazy(() => import('../screens/surveys.js').then((m) => ({ default: m.SurveysScreen })));
const Survey = lazy(() => import('../screens/survey.js').then((m) => ({ default: m.SurveyScreen })));
const Visitors = lazy(() => import('../screens/visitors.js').then((m) => ({ default: m.VisitorsScreen })));
const Visitor = lazy(() => import('../screens/visitor.js').then((m) => ({ default: m.VisitorScreen })));

/** The first path segment is the site, so that a link shows the same numbers to a colleague. */
export function Routes({ session }: { session: Session }) {
  const [location] = useLocation();
  const { t } = useSpeech();
  const key = decodeSegment(location.split('/')[1] ?? '');
  const site = session.sites.find((candidate) => candidate.key === key);
  const place = useMemo(() => (site ? { session, site } : null), [session, site]);
  const first = session.sites[0];
  if (!first) return <Empty title={t.errors.noSite} />;
  if (!place)
    return <Redirect to={`/${encodeURIComponent(first.key)}${withoutUnknownSite(location)}`} replace />;
  return (
    <PlaceContext value={place}>
      <Router base={`/${encodeURIComponent(place.site.key)}`}>
        <Shell>
          <CrashScreen key={location}>
            <Suspense fallback={<PageSkeleton />}>
              <Screens />
            </Suspense>
          </CrashScreen>
        </Shell>
      </Router>
    </PlaceContext>
  );
}

function Screens() {
  const { t } = useSpeech();
  return (
    <Switch>
      <Route path="/" component={Overview} />
      <Route path="/campaigns" component={Campaigns} />
      <Route path="/campaigns/:id">{({ id }) => <Campaign key={id} id={decodeSegment(id)} />}</Route>
      <Route path="/funnel" component={Funnel} />
      <Route path="/surveys" component={Surveys} />
      <Route path="/surveys/:id">{({ id }) => <Survey key={id} id={decodeSegment(id)} />}</Route>
      <Route path="/visitors" component={Visitors} />
      <Route path="/visitors/:id">{({ id }) => <Visitor key={id} id={decodeSegment(id)} />}</Route>
      <Route>
        <Empty title={t.errors.notFound} />
      </Route>
    </Switch>
  );
}

const SCREENS = new Set(['campaigns', 'funnel', 'surveys', 'visitors']);

/** `/campaigns/x` without a site keeps its screen; anything else goes to the overview. */
export function withoutUnknownSite(location: string): string {
  const [, first = '', ...rest] = location.split('/');
  if (SCREENS.has(first)) return location;
  return SCREENS.has(rest[0] ?? '') ? `/${rest.join('/')}` : '';
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
