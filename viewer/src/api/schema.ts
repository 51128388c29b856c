// Generated from docs/api/openapi.yaml by `npm run types`. Do not edit.

export interface paths {
    "/api/v1/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the server is ready, and at which revision. */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/county": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything a client needs to begin. Not cached. */
        get: operations["getCounty"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/layers/{layer}/tilejson": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** TileJSON 3.0 of a layer; its addresses carry the newest token. Not cached. */
        get: operations["getTileJson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/layers/{layer}/legend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the map must say about a layer as drawn. */
        get: operations["getLegend"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/layers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every layer that this view may ask, with its options, tables and classes, in the order of menus. */
        get: operations["getLayers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/layers/{layer}/result": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a layer answers, numbers about the whole and the first rows of each table. A layer whose description says `takes_long` is better begun as a job first. */
        get: operations["getLayerResult"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/layers/{layer}/why": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why a place has the value that it has, of a layer whose description says `explains`. */
        get: operations["explainPlace"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/layers/{layer}/job": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begins to compute a layer, or joins who computes the same. Once done, tiles, legend and result come at once. */
        post: operations["beginLayerJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far a job has come. */
        get: operations["getLayerJob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives a job up, for all who joined it; one that has ended stays as it is. */
        post: operations["cancelLayerJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Incidents (with and without a point) per day, week or month. */
        get: operations["getTimeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Counts and rates per kommun, in order of code. */
        get: operations["getRates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/repeat-locations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Places with two incidents or more, most first. */
        get: operations["getRepeatLocations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/incidents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Incidents as a list, newest first, also those without a point. */
        get: operations["listIncidents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/incidents/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One incident with what each of its sources says. */
        get: operations["getIncident"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The file that was sent last, also one that has ended; for a page that is opened again. */
        get: operations["getLastImport"];
        put?: never;
        /** A file to be taken in; one at a time. Nothing is taken in yet. */
        post: operations["sendImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{import}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far it has come. */
        get: operations["getImport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{import}/look": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Looks at the file again, with what a person knows of it. */
        post: operations["lookAtImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{import}/profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The suggested column profile with changes, to be kept for the next file of the sort. */
        post: operations["getImportProfile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{import}/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begins to take the file in, or to try it out. Ask for the import until it has ended. */
        post: operations["runImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{import}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives it up; nothing of the file stays unless it is in already. */
        post: operations["cancelImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/quality": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How fresh, complete and precise each source is, as far as the data tell it themselves. */
        get: operations["getQuality"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/set-aside": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Rows that no import could use so far, a page at a time. */
        get: operations["listSetAside"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/set-aside/{row}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One row with its columns, the reason, and what was done about it. */
        get: operations["getSetAsideRow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/set-aside/{row}/correction": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** New values for columns, kept beside the row as received. Nothing is taken in. */
        put: operations["correctSetAsideRow"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/set-aside/{row}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** One step back. A row taken in or dropped returns to the list; of one on the list the correction is forgotten. */
        post: operations["undoSetAsideRow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/set-aside/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes rows in again, by the importer and the profile that read their files. */
        post: operations["retrySetAsideRows"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/set-aside/drop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes rows off the list, also for later imports of their file. */
        post: operations["dropSetAsideRows"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/link/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Pairs of reports in two incidents that may tell of one event, for somebody to look at; the likeliest first. */
        get: operations["getLinkReview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/link/comparison": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Two reports beside each other, with why they are or are not held for one event. */
        get: operations["getLinkComparison"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/link/verdicts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All that people decided of two reports, in order of the reports. */
        get: operations["getLinkVerdicts"];
        put?: never;
        /** Joins or parts two reports for good, in place of an earlier verdict on them. */
        post: operations["decideLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/link/verdicts/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** As if it had never been decided. */
        post: operations["withdrawLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tiles/{layer}/{token}/{view}/{z}/{x}/{y}.{format}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One tile; immutable under its token. */
        get: operations["getTile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description One of `layers` of the county, for tiles and legends; one of the catalogue of layers, for results. */
        LayerName: string;
        /** @enum {string} */
        TileFormat: "mvt" | "png" | "webp";
        /** @enum {string} */
        Precision: "exact" | "address" | "street" | "locality" | "kommun" | "lan";
        /** @enum {string} */
        LeftOutReason: "locality_only" | "kommun_only" | "lan_only" | "protected_kind" | "hour_unknown" | "area_unknown";
        Error: {
            code: string;
            message: string;
            field?: string;
        };
        /** @description Who does this; one line. */
        By: string;
        ByWhom: {
            by: components["schemas"]["By"];
        };
        ByWhomRows: {
            by: components["schemas"]["By"];
            rows: number[];
        };
        CorrectRow: {
            by: components["schemas"]["By"];
            values: {
                [key: string]: string;
            };
        };
        Dropped: {
            dropped: number;
        };
        NameCount: {
            name: string;
            n: number;
        };
        WhoAndWhen: {
            by: string;
            /** Format: date-time */
            at: string;
        };
        Settlement: {
            /** @enum {string} */
            what: "taken" | "outside" | "set_aside" | "dropped";
            by: string;
            /** Format: date-time */
            at: string;
            /** @description Of set_aside: for what, again. */
            reason?: string;
            column?: string;
            message?: string;
            report?: components["schemas"]["ReportKey"];
        };
        ReportKey: {
            source: string;
            source_id: string;
        };
        SetAsideRow: {
            id: number;
            source: string;
            file: string;
            /** @description 1 = the first record of the file, below the heading. */
            row: number;
            /** @description At fault, or empty. */
            column: string;
            /** @description For which it now waits. */
            reason: string;
            first_reason: string;
            /** @description A sentence with the value and what was expected. */
            message: string;
            /** @enum {string} */
            state: "open" | "taken" | "dropped";
            correction?: components["schemas"]["WhoAndWhen"];
            settlement?: components["schemas"]["Settlement"];
            /** @description Why it cannot be taken in again here, or empty. */
            why_not: string;
        };
        DeskColumn: {
            name: string;
            received: string;
            corrected?: string;
        };
        DeskRow: {
            id: number;
            source: string;
            file: string;
            row: number;
            column: string;
            reason: string;
            first_reason: string;
            message: string;
            /** @enum {string} */
            state: "open" | "taken" | "dropped";
            correction?: components["schemas"]["WhoAndWhen"];
            settlement?: components["schemas"]["Settlement"];
            /** @description Importer and column profile, or empty. */
            read_by: string;
            /** @description Why it cannot be corrected here, or empty. */
            why_not: string;
            columns: components["schemas"]["DeskColumn"][];
        };
        SetAsidePage: {
            /** @description Rows that match, on all pages. */
            n: number;
            rows: components["schemas"]["SetAsideRow"][];
            reasons: components["schemas"]["NameCount"][];
            sources: components["schemas"]["NameCount"][];
            /** @description The first 100. */
            files: components["schemas"]["NameCount"][];
        };
        RetriedRow: {
            id: number;
            /** @enum {string} */
            what: "taken" | "outside" | "set_aside" | "dropped";
            by: string;
            /** Format: date-time */
            at: string;
            reason?: string;
            column?: string;
            message?: string;
            report?: components["schemas"]["ReportKey"];
        };
        RetryReport: {
            taken: number;
            /** @description Belong to another county. */
            outside: number;
            /** @description Again. */
            set_aside: number;
            rows: components["schemas"]["RetriedRow"][];
        };
        RunImport: {
            /** @description Whose work it is; needed unless it is tried out. */
            by?: string;
            /** @enum {string} */
            source: "areas" | "figures" | "gtfs" | "gtfs-rt" | "open311" | "osm" | "points" | "police" | "shops";
            /** @description Tells what would become of every row; for points and police. */
            dry_run?: boolean;
            /** @description Of points: a built-in column profile; absent: the suggested one. */
            profile?: string;
            /** @description Of the suggested profile: key and new value; empty: without it. */
            changes?: {
                [key: string]: string;
            };
            /** @description The source's word and our code; empty: unknown. */
            kinds?: {
                [key: string]: string;
            };
            layer?: string;
            swap_positions?: boolean;
            set?: string;
            measure?: string;
            about?: string;
            year?: string;
            /** @description Of gtfs and osm: also where most of what the source told before is not in the file; else that is an error whose field is `replace`. */
            replace?: boolean;
            /** @description Of others than points and police: under which name they are kept. */
            source_name?: string;
            /** @description Of points: a column profile of one's own, instead of profile and changes. */
            profile_toml?: string;
            /** @description When the source said so, where file and rows do not tell: an instant or a date. */
            observed?: string;
        };
        CancelImport: {
            by?: string;
        };
        LastImport: {
            import?: components["schemas"]["Import"];
        };
        LookAtImport: {
            /** @description Sheet or layer, where there are several. */
            layer?: string;
            /** @description That holds the kinds. */
            kind_column?: string;
        };
        ChangeProfile: {
            changes?: {
                [key: string]: string;
            };
            kinds?: {
                [key: string]: string;
            };
        };
        ProfileText: {
            /** @description Without ending. */
            name: string;
            toml: string;
        };
        ProfileName: {
            name: string;
            title: string;
        };
        Import: {
            id: number;
            file: string;
            bytes: number;
            /** @enum {string} */
            step: "waiting" | "running" | "done" | "failed" | "cancelled";
            /** @description That it seems to be of. */
            source: string;
            dry_run: boolean;
            /** @description Sheet or layer that was asked for. */
            layer?: string;
            /** @description Built-in column profiles. */
            profiles: components["schemas"]["ProfileName"][];
            suggestion?: components["schemas"]["Suggestion"];
            no_suggestion?: components["schemas"]["Error"];
            progress: components["schemas"]["ImportProgress"];
            report?: components["schemas"]["ImportReport"];
            error?: components["schemas"]["Error"];
        };
        ImportProgress: {
            rows: number;
            bytes: number;
            total_bytes: number;
        };
        Suggestion: {
            form: string;
            title: string;
            /** @description The name under which the store keeps the source: of one that it has already, rows of the same ids are the same reports. */
            source: string;
            rows_looked_at: number;
            usable_rows: number;
            columns: string[];
            guesses: components["schemas"]["ProfileGuess"][];
            kinds: components["schemas"]["KindProposal"][];
            questions: string[];
            preview: components["schemas"]["PreviewRow"][];
        };
        ProfileGuess: {
            key: string;
            value: string;
            /** @enum {string} */
            confidence: "certain" | "likely" | "unsure";
            reason: string;
        };
        KindProposal: {
            value: string;
            rows: number;
            /** @description Empty: unknown. */
            code: string;
            reason: string;
        };
        PreviewRow: {
            row: number;
            when: string;
            where: string;
            kind: string;
            title: string;
            /** @description Why it would be, or empty. */
            set_aside: string;
        };
        ImportReport: {
            read: number;
            new: number;
            revised: number;
            unchanged: number;
            outside: number;
            set_aside: number;
            source: string;
            reasons: components["schemas"]["NameCount"][];
            /** @description The first 50 that were set aside. */
            rows: components["schemas"]["ProblemRow"][];
            notes: string[];
        };
        ProblemRow: {
            row: number;
            column: string;
            reason: string;
            message: string;
        };
        Quality: {
            /** Format: date */
            today: string;
            revision: number;
            sources: components["schemas"]["SourceQuality"][];
            places: components["schemas"]["PlacesQuality"][];
            /** @description Sets of areas whose borders may lie more than 250 m from the true ones. */
            coarse_areas: {
                title: string;
                generalised_m: number;
            }[];
        };
        SourceQuality: {
            name: string;
            title: string;
            made_up: boolean;
            incidents: number;
            /** @description Of them, told by more reports than one. */
            merged: number;
            period?: components["schemas"]["Period"];
            imports?: components["schemas"]["ImportSums"];
            /** @description Rows that wait on the desk. */
            set_aside: number;
            reasons: components["schemas"]["NameCount"][];
            precision: {
                [key: string]: number;
            };
            /** @description Days between the day of the last incident and today, neither counted. */
            silent_days: number;
            /** @description So many silent days are unlikely; 0: none would be. */
            unlikely_from_days: number;
            is_silent: boolean;
            /** @description Of weekly counts, times that of Poisson counts. */
            dispersion: number;
            levels: components["schemas"]["VolumeLevel"][];
            silences: components["schemas"]["SilentDays"][];
            known_to_police?: components["schemas"]["KnownToPolice"];
        };
        /** @description Of all imports together; absent where none is noted. read = new + revised + unchanged + outside + set_aside. */
        ImportSums: {
            files: number;
            /** Format: date-time */
            last: string;
            last_file: string;
            read: number;
            new: number;
            revised: number;
            unchanged: number;
            outside: number;
            set_aside: number;
            context: number;
        };
        /** @description Weeks of about one level; the change is at the first day of the next. */
        VolumeLevel: {
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            per_week: number;
        };
        SilentDays: {
            /** Format: date */
            from: string;
            days: number;
            /** @description How many such runs of days come by chance. */
            expected: number;
        };
        /** @description Incidents that a source of the police tells of too, with Wilson's 95 % interval of the share. */
        KnownToPolice: {
            n: number;
            share: number;
            low: number;
            high: number;
        };
        PlacesQuality: {
            name: string;
            title: string;
            as_of: string;
            /** @description Named places that contradict themselves. */
            doubted: number;
            /** @description Of them, by name, the first 100. */
            first: {
                sort: string;
                name: string;
                doubt: string;
            }[];
        };
        Health: {
            /** @enum {string} */
            status: "ok";
            revision: number;
        };
        /** @description Local dates, half-open. */
        Period: {
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
        };
        /** @description [west, south, east, north] in degrees */
        Bounds: number[];
        Kind: {
            code: string;
            sv: string;
            en: string;
            /** @description Code of the first-level kind. */
            group: string;
            protected: boolean;
            crime: boolean;
        };
        Source: {
            name: string;
            title: string;
        };
        Area: {
            code: string;
            name: string;
            population?: number;
            population_year?: number;
            bounds: components["schemas"]["Bounds"];
        };
        LayerSummary: {
            name: components["schemas"]["LayerName"];
            token: string;
            formats: components["schemas"]["TileFormat"][];
            minzoom: number;
            maxzoom: number;
        };
        County: {
            profile: string;
            title_sv: string;
            title_en: string;
            time_zone: string;
            revision: number;
            view: {
                /** @enum {string} */
                name: "analyst" | "public";
                digest: string;
            };
            bounds: components["schemas"]["Bounds"];
            /** @description Of all incidents; absent when there are none. */
            period?: components["schemas"]["Period"];
            kinds: components["schemas"]["Kind"][];
            sources: components["schemas"]["Source"][];
            areas: components["schemas"]["Area"][];
            areas_title: string;
            areas_source: string;
            areas_generalised_m: number;
            layers: components["schemas"]["LayerSummary"][];
            /** @description Number of incidents in the store. */
            incidents: number;
            /** @description false: nobody signs in and everybody on this computer has the view above */
            accounts: boolean;
            /** @description true: the county contains made-up example reports; the viewer says so */
            example_data: boolean;
        };
        TileJson: {
            /** @constant */
            tilejson: "3.0.0";
            name: string;
            tiles: string[];
            minzoom: number;
            maxzoom: number;
            bounds: components["schemas"]["Bounds"];
            attribution?: string;
            vector_layers?: {
                id: string;
                fields: {
                    [key: string]: string;
                };
            }[];
        };
        LeftOut: {
            reason: components["schemas"]["LeftOutReason"];
            n: number;
        };
        LayerInfo: {
            layer: string;
            unit: string;
            unit_sv: string;
            /** @description Incidents that entered. */
            n: number;
            left_out: components["schemas"]["LeftOut"][];
            period?: components["schemas"]["Period"];
            filter: string;
            view: string;
            revision: number;
            /** @description Where chance is used. */
            seed?: number;
            parameters: {
                [key: string]: string;
            };
            /** @description Sentences that the map must show. */
            notes: {
                sv: string;
                en: string;
            }[];
        };
        Legend: {
            info: components["schemas"]["LayerInfo"];
            classes: {
                from: number;
                to: number;
                colour: string;
                /** @description What the class means, where it is no span of numbers; `from` is then its number. */
                sv?: string;
                en?: string;
            }[];
        };
        /** @description A number in [low, high], a list of such numbers, a day, or one of the words. */
        OptionDescription: {
            key: string;
            default: string;
            words: string[];
            /** @description Absent, where no numbers are allowed. */
            low?: number;
            high?: number;
            whole?: boolean;
            /** @description Present for lists: two to so many numbers, each larger than the one before, with commas. */
            most_edges?: number;
            /** @description Present where a day as `2025-01-31` is allowed. */
            date?: boolean;
            unit: string;
            /** @description What is allowed in words. */
            allowed: string;
            sv: string;
            en: string;
        };
        LayerDescription: {
            name: string;
            title_sv: string;
            title_en: string;
            about_sv: string;
            about_en: string;
            unit: string;
            /** @description Has cells; where it is drawn its tiles are pictures. */
            has_grid: boolean;
            /** @enum {string} */
            drawing: "none" | "amount" | "classes";
            /** @description Looks at incidents with a known place only. */
            of_points: boolean;
            takes_long: boolean;
            explains: boolean;
            options: components["schemas"]["OptionDescription"][];
            /** @description The main one first. */
            tables: {
                key: string;
                title_sv: string;
                title_en: string;
                /** @description Its rows lie somewhere; the first such table is what vector tiles draw, feature property `row` is the row. */
                has_places: boolean;
            }[];
            classes: {
                value: number;
                /** @description Empty where the class is not drawn. */
                colour: string;
                sv: string;
                en: string;
            }[];
        };
        LayerCatalogue: {
            layers: components["schemas"]["LayerDescription"][];
        };
        TableCell: string | number | null;
        Fact: {
            key: string;
            unit?: string;
            sv: string;
            en: string;
            value: components["schemas"]["TableCell"];
        };
        ResultTable: {
            key: string;
            /** @description Rows there are, of which the first are here. */
            total: number;
            columns: {
                key: string;
                unit?: string;
                sv: string;
                en: string;
                /** @enum {string} */
                type: "whole" | "real" | "text";
            }[];
            rows: components["schemas"]["TableCell"][][];
            /** @description An address of each row, or empty. */
            labels?: string[];
            /** @description Longitude and latitude of each row, or an empty list. */
            places?: number[][];
        };
        LayerResult: {
            info: components["schemas"]["LayerInfo"];
            facts: components["schemas"]["Fact"][];
            tables: components["schemas"]["ResultTable"][];
        };
        Explanation: {
            info: components["schemas"]["LayerInfo"];
            facts: components["schemas"]["Fact"][];
            /** @description The same place with another value of an option, such as half and double the radius. */
            variants: {
                option: string;
                option_value: string;
                key: string;
                unit?: string;
                sv: string;
                en: string;
                value: components["schemas"]["TableCell"];
            }[];
            total_incidents: number;
            /** @description Behind it, newest first, at most 100. */
            incidents: components["schemas"]["IncidentRow"][];
        };
        BeginLayerJob: {
            /** @description The filter. */
            f?: string;
            /** @description The options. */
            o?: string;
        };
        LayerJob: {
            id: number;
            layer: string;
            filter: string;
            options: string;
            revision: number;
            /** @enum {string} */
            step: "waiting" | "running" | "done" | "failed" | "cancelled";
            /** @description 0 to 1. */
            progress: number;
            error?: string;
            field?: string;
        };
        Timeline: {
            /** @enum {string} */
            step: "day" | "week" | "month";
            n: number;
            bins: {
                /** Format: date */
                from: string;
                n: number;
            }[];
        };
        Rates: {
            info: components["schemas"]["LayerInfo"];
            areas: {
                code: string;
                name: string;
                /** @description Absent when suppressed. */
                n?: number;
                population?: number;
                /** @description In the unit of `info`: per as many inhabitants as the option `per` says, over the period or, with `yearly`, a year. Absent when suppressed or without known population. */
                rate?: number;
                /** @description Exact 95 % interval of the rate. */
                low?: number;
                high?: number;
                /** @description Empirical Bayes rate in the same unit, with the option `smoothing`. */
                smoothed?: number;
            }[];
        };
        RepeatLocation: {
            rank: number;
            lng: number;
            lat: number;
            /** @description Code of the area. */
            area?: string;
            /** @description Address as a source wrote it, where one did. */
            label?: string;
            n: number;
            share: number;
            cumulative_share: number;
            /** Format: date */
            first: string;
            /** Format: date */
            last: string;
            median_gap_days?: number;
            kinds: {
                code: string;
                n: number;
            }[];
        };
        RepeatLocations: {
            info: components["schemas"]["LayerInfo"];
            /** @description Places with two incidents or more; `places` holds the first `limit`. */
            total_places: number;
            places: components["schemas"]["RepeatLocation"][];
            concentration: {
                gini: number;
                generalised_gini: number;
                /** @description Share of all places. */
                places_with_25_percent: number;
                places_with_50_percent: number;
                /** @description Corners of the Lorenz curve from (0, 0); the busiest `places` places hold `incidents` incidents. */
                lorenz: {
                    places: number;
                    incidents: number;
                }[];
            };
            /** @description Days between consecutive incidents at one place. */
            gaps: {
                from_days: number;
                /** @description Absent in the last. */
                to_days?: number;
                n: number;
            }[];
            /** @description Gaps of no day at all; of the first band. */
            same_day: number;
            /** @description Absent without gaps. */
            median_gap_days?: number;
            /**
             * @description Chance of the next incident at the same place, with those near the end of the data counted as long as they
             *     were followed (Kaplan–Meier). Absent without incidents.
             */
            time_to_repeat?: {
                /**
                 * Format: date
                 * @description Last day of the data of the chosen sources and period.
                 */
                followed_to: string;
                /** @description Absent while fewer than half are repeated. */
                median_days?: number;
                repeated: {
                    within_days: number;
                    share: number;
                }[];
            };
        };
        IncidentRow: {
            /** @description Public id. */
            id: string;
            number: number;
            kind: string;
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            precision: components["schemas"]["Precision"];
            area?: string;
            /** @description Only where the place is a point. */
            lng?: number;
            lat?: number;
            sources: string[];
            reports: number;
        };
        IncidentPage: {
            /** @description All that match. */
            n: number;
            incidents: components["schemas"]["IncidentRow"][];
            next?: string;
        };
        Voice: {
            source: string;
            source_id: string;
            kind: string;
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            precision: components["schemas"]["Precision"];
            /** @description What told the kind, such as `type Rån`; absent where the source uses our codes. */
            kind_rule?: string;
            /** @description Percent. */
            kind_confidence: number;
            place_text?: string;
            /** @description How the place was found in words, such as `street: Storgatan (osm)`; absent where the source has a position or an area. */
            place_rule?: string;
            title?: string;
            text?: string;
            link?: string;
            case_number?: string;
            /** Format: date-time */
            first_seen: string;
            /** Format: date-time */
            last_seen: string;
            versions: number;
            /** @description Which of the incident's fields this report decided. */
            gives?: ("place" | "time" | "kind")[];
        };
        /** @description What speaks for one event, in bits; one more doubles the odds. */
        LinkScore: {
            bits: number;
            /**
             * @description What the weight says; a rival may still keep `same` apart.
             * @enum {string}
             */
            outcome: "same" | "possible" | "different";
            /** @description The parts, which add up to `bits`. */
            of: {
                prior: number;
                time: number;
                place: number;
                kind: number;
                source: number;
                words: number;
            };
            /** @description Between the two intervals; 0 where they overlap. */
            gap_seconds: number;
            /** @description One is of a protected kind: places and words are not told, and their weights stand together in `words`. */
            withheld: boolean;
            /** @description Where both are points. */
            metres_apart?: number;
            /** @description Of both points together. */
            uncertainty_metres?: number;
            /** @description Code of the kommun of both */
            common_area?: string;
            /** @enum {string} */
            kinds: "same" | "same_group" | "may_be" | "unknown" | "other";
            one_source: boolean;
            /** @description Both quote a case number */
            other_case_numbers: boolean;
            same_wording: boolean;
            /** @description Both tell numbers of roads or houses, and none is the same. */
            other_numbers: boolean;
            /** @description Beginnings of the telling words that both have. */
            shared_words: string[];
            /** @description A sentence in English for each part, with its weight. */
            explanation: string[];
        };
        LinkVerdict: {
            /** @description The lower key, such as `police:12345`. */
            a: string;
            b: string;
            /** @description One event; else two. */
            together: boolean;
            by: string;
            reason: string;
            /** Format: date-time */
            at: string;
        };
        LinkVerdicts: {
            verdicts: components["schemas"]["LinkVerdict"][];
        };
        LinkComparison: {
            a: components["schemas"]["Voice"];
            b: components["schemas"]["Voice"];
            /** @description Public id; that of b where the two are one incident. */
            incident_a: string;
            incident_b: string;
            score?: components["schemas"]["LinkScore"];
            verdict?: components["schemas"]["LinkVerdict"];
        };
        LinkReview: {
            /** @description How many pairs wait, of which these are the likeliest. */
            n: number;
            pairs: components["schemas"]["LinkComparison"][];
        };
        DecideLink: {
            a: string;
            b: string;
            together: boolean;
            reason?: string;
            by: string;
        };
        WithdrawLink: {
            a: string;
            b: string;
            by: string;
        };
        IncidentDetails: {
            incident: components["schemas"]["IncidentRow"];
            voices: components["schemas"]["Voice"][];
        };
    };
    responses: {
        /** @description What went wrong. */
        Error: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /**
         * @description `busy`: too many requests wait, or the server stops. `too_slow`: the answer takes longer than 30 s to compute,
         *     and the sentence says what may help; or it did not come within 60 s, the waiting for others included.
         */
        Busy: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
    };
    parameters: {
        job: number;
        layer: components["schemas"]["LayerName"];
        /** @description Filter, e.g. `kinds=burglary;period=2025-01-01..2026-01-01`. A whole address may be 8 kB long. */
        filter: string;
        /** @description Options of the layer, e.g. `radius=500`. */
        options: string;
        import: number;
        /** @description Number of a row on the desk. */
        row: number;
        /** @description Most rows wanted. */
        limit: number;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ready. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
    getCounty: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The county at its newest revision. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["County"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getTileJson: {
        parameters: {
            query?: {
                /** @description Filter, e.g. `kinds=burglary;period=2025-01-01..2026-01-01`. A whole address may be 8 kB long. */
                f?: components["parameters"]["filter"];
                /** @description Options of the layer, e.g. `radius=500`. */
                o?: components["parameters"]["options"];
                /** @description Which of the layer's formats the addresses name; the first by default. */
                format?: components["schemas"]["TileFormat"];
            };
            header?: never;
            path: {
                layer: components["parameters"]["layer"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description TileJSON. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TileJson"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getLegend: {
        parameters: {
            query?: {
                /** @description Filter, e.g. `kinds=burglary;period=2025-01-01..2026-01-01`. A whole address may be 8 kB long. */
                f?: components["parameters"]["filter"];
                /** @description Options of the layer, e.g. `radius=500`. */
                o?: components["parameters"]["options"];
            };
            header?: never;
            path: {
                layer: components["parameters"]["layer"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Legend. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Legend"];
                };
            };
            503: components["responses"]["Busy"];
            default: components["responses"]["Error"];
        };
    };
    getLayers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The catalogue. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LayerCatalogue"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getLayerResult: {
        parameters: {
            query?: {
                /** @description Filter, e.g. `kinds=burglary;period=2025-01-01..2026-01-01`. A whole address may be 8 kB long. */
                f?: components["parameters"]["filter"];
                /** @description Options of the layer, e.g. `radius=500`. */
                o?: components["parameters"]["options"];
                /** @description Most rows wanted. */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                layer: components["parameters"]["layer"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The result. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LayerResult"];
                };
            };
            503: components["responses"]["Busy"];
            default: components["responses"]["Error"];
        };
    };
    explainPlace: {
        parameters: {
            query: {
                /** @description Filter, e.g. `kinds=burglary;period=2025-01-01..2026-01-01`. A whole address may be 8 kB long. */
                f?: components["parameters"]["filter"];
                /** @description Options of the layer, e.g. `radius=500`. */
                o?: components["parameters"]["options"];
                /** @description Longitude and latitude in degrees, `17.64,59.86`. */
                at: string;
            };
            header?: never;
            path: {
                layer: components["parameters"]["layer"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was observed and expected there, and the incidents behind. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Explanation"];
                };
            };
            503: components["responses"]["Busy"];
            default: components["responses"]["Error"];
        };
    };
    beginLayerJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                layer: components["parameters"]["layer"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BeginLayerJob"];
            };
        };
        responses: {
            /** @description The job. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LayerJob"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getLayerJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job: components["parameters"]["job"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LayerJob"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    cancelLayerJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job: components["parameters"]["job"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The job, which ends within a moment. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LayerJob"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getTimeline: {
        parameters: {
            query?: {
                /** @description Filter, e.g. `kinds=burglary;period=2025-01-01..2026-01-01`. A whole address may be 8 kB long. */
                f?: components["parameters"]["filter"];
                /** @description Length of a bin. Chosen by the length of the period when absent. */
                step?: "day" | "week" | "month";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Bins in order, those without incidents included. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Timeline"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getRates: {
        parameters: {
            query?: {
                /** @description Filter, e.g. `kinds=burglary;period=2025-01-01..2026-01-01`. A whole address may be 8 kB long. */
                f?: components["parameters"]["filter"];
                /** @description Options of the layer, e.g. `radius=500`. */
                o?: components["parameters"]["options"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One row per kommun. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rates"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getRepeatLocations: {
        parameters: {
            query?: {
                /** @description Filter, e.g. `kinds=burglary;period=2025-01-01..2026-01-01`. A whole address may be 8 kB long. */
                f?: components["parameters"]["filter"];
                /** @description Options of the layer, e.g. `radius=500`. */
                o?: components["parameters"]["options"];
                /** @description Most rows wanted. */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ranked places. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RepeatLocations"];
                };
            };
            503: components["responses"]["Busy"];
            default: components["responses"]["Error"];
        };
    };
    listIncidents: {
        parameters: {
            query?: {
                /** @description Filter, e.g. `kinds=burglary;period=2025-01-01..2026-01-01`. A whole address may be 8 kB long. */
                f?: components["parameters"]["filter"];
                /** @description Most rows wanted. */
                limit?: components["parameters"]["limit"];
                /** @description `west,south,east,north` in degrees: only incidents with a point inside. */
                box?: string;
                /** @description The `next` of the page before. */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of incidents. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentPage"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getIncident: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Public id, or the number that vector tiles carry. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The incident. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentDetails"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getLastImport: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Without `import` where no file was sent since the server started. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LastImport"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    sendImport: {
        parameters: {
            query: {
                /** @description Name of the file without folders. */
                name: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 2 GB. */
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description What it seems to be, and of a table how it may be read. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import: components["parameters"]["import"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The import. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    lookAtImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import: components["parameters"]["import"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LookAtImport"];
            };
        };
        responses: {
            /** @description What it seems to be now; waiting again, without the report of a run before. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getImportProfile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import: components["parameters"]["import"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeProfile"];
            };
        };
        responses: {
            /** @description The profile; loads as `--profile-columns` of the command line too. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProfileText"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    runImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import: components["parameters"]["import"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RunImport"];
            };
        };
        responses: {
            /** @description The import, running. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    cancelImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import: components["parameters"]["import"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CancelImport"];
            };
        };
        responses: {
            /** @description The import; one that runs ends within a few thousand rows, unless all its rows are read and being linked, when it goes to its end; so do sources that do not tell rows as they read (gtfs-rt, areas, figures). */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getQuality: {
        parameters: {
            query?: {
                /** @description Only this one. */
                source?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One part for each source; methods in docs/methods/data_quality.md. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Quality"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    listSetAside: {
        parameters: {
            query?: {
                source?: string;
                /** @description Name of the file without folders. */
                file?: string;
                /** @description For which a row now waits. */
                reason?: string;
                /** @description In the row or its message. */
                text?: string;
                state?: "open" | "taken" | "dropped";
                order?: "newest" | "file" | "reason";
                /** @description Most rows wanted. */
                limit?: components["parameters"]["limit"];
                offset?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, and the counts of all that match. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetAsidePage"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getSetAsideRow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of a row on the desk. */
                row: components["parameters"]["row"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The row. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeskRow"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    correctSetAsideRow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of a row on the desk. */
                row: components["parameters"]["row"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CorrectRow"];
            };
        };
        responses: {
            /** @description The row with its correction. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeskRow"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    undoSetAsideRow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of a row on the desk. */
                row: components["parameters"]["row"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ByWhom"];
            };
        };
        responses: {
            /** @description The row as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeskRow"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    retrySetAsideRows: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ByWhomRows"];
            };
        };
        responses: {
            /** @description What came of each. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetryReport"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    dropSetAsideRows: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ByWhomRows"];
            };
        };
        responses: {
            /** @description How many. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dropped"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getLinkReview: {
        parameters: {
            query?: {
                /** @description Only pairs with a report of this source. */
                source?: string;
                /** @description At most 200. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The pairs. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkReview"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getLinkComparison: {
        parameters: {
            query: {
                /** @description A report, such as `police:12345`. */
                a: string;
                b: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Both. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkComparison"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getLinkVerdicts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The verdicts. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkVerdicts"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    decideLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DecideLink"];
            };
        };
        responses: {
            /** @description Both as they are now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkComparison"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    withdrawLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WithdrawLink"];
            };
        };
        responses: {
            /** @description Both as they are now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkComparison"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getTile: {
        parameters: {
            query?: {
                /** @description Filter, e.g. `kinds=burglary;period=2025-01-01..2026-01-01`. A whole address may be 8 kB long. */
                f?: components["parameters"]["filter"];
                /** @description Options of the layer, e.g. `radius=500`. */
                o?: components["parameters"]["options"];
            };
            header?: never;
            path: {
                layer: components["parameters"]["layer"];
                token: string;
                view: string;
                z: number;
                x: number;
                y: number;
                format: components["schemas"]["TileFormat"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The tile; a picture without anything in it is transparent. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.mapbox-vector-tile": string;
                    "image/png": string;
                    "image/webp": string;
                };
            };
            /** @description An empty vector tile. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not changed. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No such layer */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Another token than the two newest: ask for the county again. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            503: components["responses"]["Busy"];
            default: components["responses"]["Error"];
        };
    };
}
