export const HELP = `kikubari: collector and console of Kikubari

  kikubari serve [options]          start the collector
    --port N          port, default 4600; 0 for any free one
    --host ADDRESS    address to listen on, default 127.0.0.1 (this machine only)
    --data DIR        data folder, default ./kikubari-data
    --site KEY        the site's key, default "default"
    --site-name NAME  its name in the console
    --campaigns FILE...
                      campaign files to load at the first start
    --trust-proxy N   number of proxies in front whose X-Forwarded-For is believed
    --quiet           no log lines but warnings and errors
  kikubari validate FILE...         check the campaign files of a site
  kikubari password --data DIR      give the administrator a new password (while the collector is stopped)
  kikubari help, --version
`;
