#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "geo_core/store/store.hpp"

namespace riskbild::importers {

/// A store in memory with just the rules of import: versions by content, sessions that leave nothing
/// behind unless committed. What importers say about reports can be looked at.
class FakeStore : public Store {
public:
    explicit FakeStore(std::shared_ptr<County const> county) : county_(std::move(county)) {}

    struct Said {
        std::map<ReportKey, std::vector<Report>> versions;  ///< by content, in order of arrival
        std::vector<SetAside> set_aside;
        std::string recipe{};  ///< of the last session
    };
    Said said;
    std::vector<Source> sources;
    std::int64_t commits = 0;

    /// The first version of each report, in order of key.
    [[nodiscard]] std::vector<Report> reports() const;
    /// The one version of the report with that id. \pre there is exactly one
    [[nodiscard]] Report const& report(std::string const& source_id) const;

    [[nodiscard]] std::shared_ptr<County const> county() const override { return county_; }
    Result<Revision> revision() override { return Revision{commits}; }
    Result<std::unique_ptr<ImportSession>> begin_import(Source const& source, std::string file_name) override;
    Result<std::shared_ptr<Snapshot const>> snapshot() override;
    Result<IncidentDetails> details(View const& view, IncidentId id) override;
    Result<IncidentDetails> details(View const& view, std::string const& public_id) override;
    Result<std::vector<SetAside>> set_aside_rows(SetAsideChoice const& choice, std::size_t limit) override;
    Result<std::size_t> discard_set_aside(SetAsideChoice const& choice) override;
    Result<std::vector<ImportSums>> import_sums() override;
    Result<SetAsidePage> set_aside_page(SetAsideQuery const& query) override;
    Result<SetAsideEntry> set_aside_entry(std::int64_t id) override;
    Result<void> correct_set_aside(std::int64_t id, Correction const& correction) override;
    Result<void> drop_set_aside(std::vector<std::int64_t> const& ids, std::string const& by,
                                Instant at) override;
    Result<Revision> undo_set_aside(std::int64_t id) override;
    Result<LinkCandidates> link_candidates(LinkCandidateChoice const& choice) override;
    Result<LinkComparison> compare(View const& view, ReportKey const& a, ReportKey const& b) override;
    Result<std::vector<LinkVerdict>> verdicts() override;
    Result<Revision> decide(LinkVerdict const& verdict) override;
    Result<Revision> withdraw(ReportKey const& a, ReportKey const& b) override;
    Result<std::unique_ptr<PlaceSession>> begin_places(PlaceSource const& source,
                                                       std::string file_name) override;
    Result<void> each_named_place(std::function<void(NamedPlace const&)> const& use) override;
    Result<std::vector<PlaceSource>> place_sources() override;
    Result<std::vector<StoredAreaSet>> area_sets(bool with_borders) override;
    Result<std::vector<Figure>> figures(FigureChoice const& choice) override;
    Result<CheckReport> check(bool repair) override;
    Result<void> dump(std::ostream& out) override;

private:
    std::shared_ptr<County const> county_;
};

/// Uppsala län with a square of 14 km around each kommun's midpoint for an area, its border good to 100 m.
std::shared_ptr<County const> county_of_squares();
/// A county of `data/profiles`, with its own areas.
std::shared_ptr<County const> county_named(std::string const& profile);

/// \pre the text is an instant
Instant at(std::string_view instant);

}  // namespace riskbild::importers
