#include "geo_core/store/geopackage_store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <ostream>

#include "geo_core/store/county_table.hpp"
#include "geo_core/store/import_log.hpp"
#include "geo_core/store/import_session.hpp"
#include "geo_core/store/incident_details.hpp"
#include "geo_core/store/incident_table.hpp"
#include "geo_core/store/link_review.hpp"
#include "geo_core/store/place_session.hpp"
#include "geo_core/store/place_tables.hpp"
#include "geo_core/store/revision_table.hpp"
#include "geo_core/store/set_aside_table.hpp"
#include "geo_core/store/store_check.hpp"
#include "geo_core/store/store_dump.hpp"
#include "geo_core/store/store_file.hpp"

namespace riskbild::store {

namespace {

/// ?1 the source, ?2 the file's name, either empty for every one. What was taken in since is not chosen.
std::string chosen_set_aside()
{
    return fmt::format(
        "(?1 = '' OR source = ?1) AND (?2 = '' OR file = ?2) AND (source, payload_hash) NOT IN ({}) AND NOT "
        "EXISTS (SELECT 1 FROM set_aside_decisions d WHERE d.source = set_aside_rows.source AND "
        "d.payload_hash = set_aside_rows.payload_hash AND d.state IN ('taken', 'outside', 'dropped'))",
        kToldSince);
}

/// The default store. Calls of several threads are served one after the other; an import has a connection
/// of its own, so that readers see the last commit meanwhile.
class GeoPackageStore final : public Store {
public:
    GeoPackageStore(std::filesystem::path file, Access access, StoreOptions const& options)
        : file_(std::move(file)),
          access_(access),
          options_(options),
          reader_(file_, access, options.schema),
          county_(read_county(reader_.connection()))
    {
    }

    std::shared_ptr<County const> county() const override
    {
        std::lock_guard const lock(mutex_);
        return county_;
    }

    Result<Revision> revision() override
    {
        return alone([](Connection& connection) { return newest_revision(connection); });
    }

    Result<std::unique_ptr<ImportSession>> begin_import(Source const& source, std::string file_name) override
    {
        return guarded([&] {
            require_writable();
            return begin_import_session(file_, *county(), source, std::move(file_name),
                                        options_.public_id_length);
        });
    }

    Result<std::shared_ptr<Snapshot const>> snapshot() override
    {
        // Only the reading needs the connection; building goes on while others ask.
        std::shared_ptr<County const> county;
        Revision revision;
        auto rows = alone([&](Connection& connection) {
            Transaction const transaction(connection, Transaction::Kind::read);
            revision = newest_revision(connection);
            refresh_county(connection);
            county = county_;
            return read_snapshot_rows(connection, *county_);
        });
        if (!rows) {
            return Failure{rows.error()};
        }
        return Snapshot::build(std::move(county), revision, std::move(*rows));
    }

    Result<IncidentDetails> details(View const& view, IncidentId id) override
    {
        return find_details(view, [id](Connection& connection) { return present_incident(connection, id); });
    }

    Result<IncidentDetails> details(View const& view, std::string const& public_id) override
    {
        return find_details(view,
                            [&](Connection& connection) { return present_incident(connection, public_id); });
    }

    Result<std::vector<SetAside>> set_aside_rows(SetAsideChoice const& choice, std::size_t limit) override
    {
        return alone([&](Connection& connection) {
            Statement newest(connection,
                             fmt::format("SELECT source, file, row_number, column_name, reason, message, "
                                         "payload FROM set_aside_rows WHERE {} ORDER BY id DESC LIMIT ?3",
                                         chosen_set_aside()));
            newest.query(choice.source, choice.file,
                         static_cast<std::int64_t>(std::min<std::size_t>(limit, INT32_MAX)));
            std::vector<SetAside> rows;
            while (newest.step()) {
                auto const text = [&](int column) { return std::string(newest.text(column)); };
                rows.push_back({text(0), text(1), static_cast<std::uint64_t>(newest.integer(2)), text(3),
                                text(4), text(5), text(6)});
            }
            return rows;
        });
    }

    Result<std::size_t> discard_set_aside(SetAsideChoice const& choice) override
    {
        return alone([&](Connection& connection) {
            require_writable();
            Transaction transaction(connection, Transaction::Kind::write);
            Statement(connection, fmt::format("DELETE FROM set_aside_rows WHERE {}", chosen_set_aside()))
                .run(choice.source, choice.file);
            auto const discarded = static_cast<std::size_t>(connection.changes());
            forget_decisions_without_rows(connection);
            transaction.commit();
            connection.empty_log();
            return discarded;
        });
    }

    Result<std::vector<ImportSums>> import_sums() override
    {
        return alone([](Connection& connection) { return read_import_sums(connection); });
    }

    Result<SetAsidePage> set_aside_page(SetAsideQuery const& query) override
    {
        return alone([&](Connection& connection) {
            Transaction const transaction(connection, Transaction::Kind::read);
            refresh_county(connection);
            return read_set_aside_page(connection, *county_, query);
        });
    }

    Result<SetAsideEntry> set_aside_entry(std::int64_t id) override
    {
        return alone([&](Connection& connection) {
            Transaction const transaction(connection, Transaction::Kind::read);
            refresh_county(connection);
            return read_set_aside_entry(connection, *county_, id);
        });
    }

    Result<void> correct_set_aside(std::int64_t id, Correction const& correction) override
    {
        return change_unseen([&](Connection& connection) { write_correction(connection, id, correction); });
    }

    Result<void> drop_set_aside(std::vector<std::int64_t> const& ids, std::string const& by,
                                Instant at) override
    {
        return change_unseen([&](Connection& connection) {
            write_drops(connection, *county_, ids, {.what = Settlement::What::dropped, .by = by, .at = at});
        });
    }

    Result<Revision> undo_set_aside(std::int64_t id) override
    {
        return alone([&](Connection& connection) {
            require_writable();
            Transaction transaction(connection, Transaction::Kind::write);
            refresh_county(connection);
            auto const changed = undo_decision(connection, *county_, id, options_.public_id_length);
            auto const revision = changed ? add_revision(connection, "", "set-aside row undone", {})
                                          : newest_revision(connection);
            transaction.commit();
            connection.empty_log();
            return revision;
        });
    }

    Result<LinkCandidates> link_candidates(LinkCandidateChoice const& choice) override
    {
        return alone([&](Connection& connection) {
            Transaction const transaction(connection, Transaction::Kind::read);
            refresh_county(connection);
            return read_link_candidates(connection, *county_, choice);
        });
    }

    Result<LinkComparison> compare(View const& view, ReportKey const& a, ReportKey const& b) override
    {
        return alone([&](Connection& connection) {
            if (!view.policy().single_incidents) {
                throw StoreFailure(ErrorCode::forbidden, "single reports are not shown in this view");
            }
            Transaction const transaction(connection, Transaction::Kind::read);
            refresh_county(connection);
            auto comparison = read_comparison(connection, *county_, a, b);
            IncidentDetails both;
            both.voices = {comparison.a, comparison.b};
            if (view.redact(both)) {
                comparison.shared_words.clear();
                if (comparison.score) {
                    withhold(*comparison.score);
                }
            }
            comparison.a = std::move(both.voices.front());
            comparison.b = std::move(both.voices.back());
            return comparison;
        });
    }

    Result<std::vector<LinkVerdict>> verdicts() override
    {
        return alone([&](Connection& connection) {
            Transaction const transaction(connection, Transaction::Kind::read);
            refresh_county(connection);
            return read_verdicts(connection, *county_);
        });
    }

    Result<Revision> decide(LinkVerdict const& verdict) override
    {
        return change("link", [&](Connection& connection) {
            write_verdict(connection, *county_, verdict, options_.public_id_length);
        });
    }

    Result<Revision> withdraw(ReportKey const& a, ReportKey const& b) override
    {
        return change("link undone", [&](Connection& connection) {
            withdraw_verdict(connection, *county_, a, b, options_.public_id_length);
        });
    }

    Result<std::unique_ptr<PlaceSession>> begin_places(PlaceSource const& source,
                                                       std::string file_name) override
    {
        return guarded([&] {
            require_writable();
            return begin_place_session(file_, *county(), source, std::move(file_name));
        });
    }

    Result<void> each_named_place(std::function<void(NamedPlace const&)> const& use) override
    {
        return alone([&](Connection& connection) { read_named_places(connection, *county_, use); });
    }

    Result<std::vector<PlaceSource>> place_sources() override
    {
        return alone([](Connection& connection) { return read_place_sources(connection); });
    }

    Result<std::vector<StoredAreaSet>> area_sets(bool with_borders) override
    {
        return alone([&](Connection& connection) {
            Transaction const transaction(connection, Transaction::Kind::read);
            return read_area_sets(connection, *county_, with_borders);
        });
    }

    Result<std::vector<Figure>> figures(FigureChoice const& choice) override
    {
        return alone([&](Connection& connection) { return read_figures(connection, choice); });
    }

    Result<CheckReport> check(bool repair) override
    {
        return alone([&](Connection& connection) {
            auto report = check_now(connection);
            if (repair && !report.findings.empty()) {
                require_writable();
                Transaction transaction(connection, Transaction::Kind::write);
                refresh_county(connection);
                repair_store(connection, *county_, Registration(*county_, options_.schema),
                             options_.public_id_length);
                transaction.commit();
                connection.empty_log();
                report = check_now(connection);
            }
            return report;
        });
    }

    Result<void> dump(std::ostream& out) override
    {
        return alone([&](Connection& connection) {
            Transaction const transaction(connection, Transaction::Kind::read);
            refresh_county(connection);
            write_dump(connection, *county_, out);
        });
    }

private:
    template <class Body>
    auto alone(Body&& body) -> Result<std::invoke_result_t<Body, Connection&>>
    {
        std::lock_guard const lock(mutex_);
        return guarded([&] { return body(reader_.connection()); });
    }

    /// One change by hand: a transaction and a revision of its own.
    template <class Body>
    Result<Revision> change(std::string_view what, Body&& body)
    {
        return alone([&](Connection& connection) {
            require_writable();
            Transaction transaction(connection, Transaction::Kind::write);
            refresh_county(connection);
            body(connection);
            auto const revision = add_revision(connection, "", what, {});
            transaction.commit();
            connection.empty_log();
            return revision;
        });
    }

    /// One change by hand of what no view shows: a transaction without a revision.
    template <class Body>
    Result<void> change_unseen(Body&& body)
    {
        return alone([&](Connection& connection) {
            require_writable();
            Transaction transaction(connection, Transaction::Kind::write);
            refresh_county(connection);
            body(connection);
            transaction.commit();
            connection.empty_log();
        });
    }

    void require_writable() const
    {
        if (access_ == Access::read_only) {
            throw StoreFailure(ErrorCode::unwritable,
                               fmt::format("{} is open for reading only", file_.string()));
        }
    }

    /// Imports declare sources and set a new epoch, in this process or another.
    void refresh_county(Connection& connection)
    {
        auto sources = read_sources(connection);
        auto epoch = read_epoch(connection);
        if (epoch != county_->epoch || sources != county_->sources) {
            auto present = std::make_shared<County>(*county_);
            present->sources = std::move(sources);
            present->epoch = std::move(epoch);
            county_ = std::move(present);
        }
    }

    CheckReport check_now(Connection& connection)
    {
        Transaction const transaction(connection, Transaction::Kind::read);
        refresh_county(connection);
        return check_store(connection, *county_, Registration(*county_, options_.schema),
                           options_.public_id_length);
    }

    template <class Find>
    Result<IncidentDetails> find_details(View const& view, Find find)
    {
        return alone([&](Connection& connection) {
            // Who may not see single incidents shall not learn which ones there are either.
            if (!view.policy().single_incidents) {
                throw StoreFailure(ErrorCode::forbidden, "single incidents are not shown in this view");
            }
            Transaction const transaction(connection, Transaction::Kind::read);
            auto const id = find(connection);
            if (!id) {
                throw StoreFailure(ErrorCode::not_found, "there is no such incident");
            }
            if (!view.may_open(*id)) {
                throw StoreFailure(ErrorCode::forbidden, "this incident is not shown in this view");
            }
            refresh_county(connection);
            auto details = read_details(connection, *county_, *id);
            view.redact(details);
            return details;
        });
    }

    std::filesystem::path file_;
    Access access_;
    StoreOptions options_;
    mutable std::mutex mutex_;  // guards everything below
    StoreReader reader_;
    std::shared_ptr<County const> county_;
};

}  // namespace

Result<std::unique_ptr<Store>> create_geopackage_store(std::filesystem::path const& file,
                                                       Profile const& profile, StoreOptions const& options)
{
    auto const areas = load_areas(profile);
    return areas ? create_geopackage_store(file, profile, *areas, options) : Failure{areas.error()};
}

Result<std::unique_ptr<Store>> create_geopackage_store(std::filesystem::path const& file,
                                                       Profile const& profile, AreaSet const& areas,
                                                       StoreOptions const& options)
{
    return guarded([&]() -> std::unique_ptr<Store> {
        create_store_file(file, profile, areas, options.schema);
        return std::make_unique<GeoPackageStore>(file, Store::Access::read_write, options);
    });
}

Result<std::unique_ptr<Store>> open_geopackage_store(std::filesystem::path const& file, Store::Access access,
                                                     StoreOptions const& options)
{
    return guarded(
        [&]() -> std::unique_ptr<Store> { return std::make_unique<GeoPackageStore>(file, access, options); });
}

}  // namespace riskbild::store

namespace riskbild {

Result<std::unique_ptr<Store>> create_store(std::filesystem::path const& file, Profile const& profile)
{
    return store::create_geopackage_store(file, profile);
}

Result<std::unique_ptr<Store>> create_store(std::filesystem::path const& file, Profile const& profile,
                                            AreaSet const& areas)
{
    return store::create_geopackage_store(file, profile, areas);
}

Result<std::unique_ptr<Store>> open_store(std::filesystem::path const& file, Store::Access access)
{
    return store::open_geopackage_store(file, access);
}

}  // namespace riskbild
