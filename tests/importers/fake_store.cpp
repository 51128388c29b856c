#include "fake_store.hpp"

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace riskbild::importers {
namespace {

class FakeSession : public ImportSession {
public:
    explicit FakeSession(FakeStore& store) : store_(store), said_(store.said) {}

    Result<Taken> take(Report const& report) override
    {
        auto const [first, is_first] = here_.try_emplace({report.key, report.observed_at}, report.payload);
        if (!is_first && first->second != report.payload)
            return Taken::duplicate_id;
        auto& versions = said_.versions[report.key];
        for (auto const& version : versions)
            if (version.payload == report.payload)
                return Taken::unchanged;
        versions.push_back(report);
        return versions.size() == 1 ? Taken::new_ : Taken::revised;
    }

    Result<Taken> take_from_desk(Report const& report) override { return take(report); }

    Result<void> set_aside(SetAside const& row) override
    {
        said_.set_aside.push_back(row);
        return {};
    }

    Result<void> read_by(std::string recipe) override
    {
        said_.recipe = std::move(recipe);
        return {};
    }
    [[nodiscard]] std::uint64_t settled_before() const override { return 0; }
    Result<Standing> standing(ReportKey const&, std::string const&) override { return Standing::unknown; }
    Result<void> settle(std::int64_t, Settlement const&) override { return {}; }
    Result<std::optional<SameRows>> same_rows(std::uint64_t) override { return std::nullopt; }
    Result<void> note(ImportReport const&, std::uint64_t) override { return {}; }

    Result<Revision> commit() override
    {
        store_.said = std::move(said_);
        return Revision{++store_.commits};
    }

private:
    FakeStore& store_;
    FakeStore::Said said_;  // becomes the store's at commit
    std::map<std::pair<ReportKey, Instant>, std::string> here_;
};

Failure not_here()
{
    return fail(ErrorCode::internal, "the fake store only imports");
}

KindTree kinds()
{
    auto const path = std::string{RISKBILD_SOURCE_DIR} + "/data/kinds/kinds.toml";
    std::ifstream file{path};
    auto tree = KindTree::from_toml(std::string{std::istreambuf_iterator<char>{file}, {}}, path);
    if (!tree)
        throw std::runtime_error{tree.error().message};
    return std::move(*tree);
}

Profile profile_named(std::string const& name)
{
    auto profile = load_profile(name);
    if (!profile)
        throw std::runtime_error{profile.error().message};
    return std::move(*profile);
}

}  // namespace

std::vector<Report> FakeStore::reports() const
{
    std::vector<Report> all;
    for (auto const& [key, versions] : said.versions)
        all.push_back(versions.front());
    return all;
}

Report const& FakeStore::report(std::string const& source_id) const
{
    Report const* found = nullptr;
    for (auto const& [key, versions] : said.versions) {
        if (key.source_id != source_id)
            continue;
        if (found != nullptr || versions.size() != 1)
            throw std::runtime_error{"more than one version of " + source_id};
        found = &versions.front();
    }
    if (found == nullptr)
        throw std::runtime_error{"no report " + source_id};
    return *found;
}

Result<std::unique_ptr<ImportSession>> FakeStore::begin_import(Source const& source, std::string)
{
    sources.push_back(source);
    return std::make_unique<FakeSession>(*this);
}

Result<std::shared_ptr<Snapshot const>> FakeStore::snapshot()
{
    return not_here();
}

Result<IncidentDetails> FakeStore::details(View const&, IncidentId)
{
    return not_here();
}

Result<IncidentDetails> FakeStore::details(View const&, std::string const&)
{
    return not_here();
}

Result<std::vector<SetAside>> FakeStore::set_aside_rows(SetAsideChoice const&, std::size_t)
{
    return said.set_aside;
}

Result<std::size_t> FakeStore::discard_set_aside(SetAsideChoice const&)
{
    return not_here();
}

Result<std::vector<ImportSums>> FakeStore::import_sums()
{
    return not_here();
}

Result<SetAsidePage> FakeStore::set_aside_page(SetAsideQuery const&)
{
    return not_here();
}

Result<SetAsideEntry> FakeStore::set_aside_entry(std::int64_t)
{
    return not_here();
}

Result<void> FakeStore::correct_set_aside(std::int64_t, Correction const&)
{
    return not_here();
}

Result<void> FakeStore::drop_set_aside(std::vector<std::int64_t> const&, std::string const&, Instant)
{
    return not_here();
}

Result<Revision> FakeStore::undo_set_aside(std::int64_t)
{
    return not_here();
}

Result<LinkCandidates> FakeStore::link_candidates(LinkCandidateChoice const&)
{
    return not_here();
}

Result<std::unique_ptr<PlaceSession>> FakeStore::begin_places(PlaceSource const&, std::string)
{
    return not_here();
}

Result<LinkComparison> FakeStore::compare(View const&, ReportKey const&, ReportKey const&)
{
    return not_here();
}

Result<std::vector<LinkVerdict>> FakeStore::verdicts()
{
    return not_here();
}

Result<Revision> FakeStore::decide(LinkVerdict const&)
{
    return not_here();
}

Result<Revision> FakeStore::withdraw(ReportKey const&, ReportKey const&)
{
    return not_here();
}

Result<void> FakeStore::each_named_place(std::function<void(NamedPlace const&)> const&)
{
    return {};
}

Result<std::vector<PlaceSource>> FakeStore::place_sources()
{
    return std::vector<PlaceSource>{};
}

Result<std::vector<StoredAreaSet>> FakeStore::area_sets(bool)
{
    return std::vector<StoredAreaSet>{};
}

Result<std::vector<Figure>> FakeStore::figures(FigureChoice const&)
{
    return std::vector<Figure>{};
}

Result<Store::CheckReport> FakeStore::check(bool)
{
    return not_here();
}

Result<void> FakeStore::dump(std::ostream&)
{
    return not_here();
}

std::shared_ptr<County const> county_of_squares()
{
    struct Midpoint {
        char const* code;
        char const* name;
        LngLat place;
    };
    auto const profile = profile_named("uppsala");
    std::vector<Area> areas;
    for (auto const& kommun :
         {Midpoint{"0305", "Håbo", {17.452298, 59.627071}},
          Midpoint{"0319", "Älvkarleby", {17.448913, 60.568607}},
          Midpoint{"0330", "Knivsta", {17.792036, 59.72612}},
          Midpoint{"0331", "Heby", {16.858759, 59.939637}}, Midpoint{"0360", "Tierp", {17.520509, 60.347587}},
          Midpoint{"0380", "Uppsala", {17.638927, 59.858564}},
          Midpoint{"0381", "Enköping", {17.077823, 59.635691}},
          Midpoint{"0382", "Östhammar", {18.365341, 60.259302}}}) {
        auto const [east, north] = profile.crs.metres(kommun.place);
        areas.push_back({.code = kommun.code,
                         .name = kommun.name,
                         .shape = {Polygon{.outer = {{east - 7000, north - 7000},
                                                     {east + 7000, north - 7000},
                                                     {east + 7000, north + 7000},
                                                     {east - 7000, north + 7000}},
                                           .inners = {}}},
                         .population = 0,
                         .population_year = 0});
    }
    return std::make_shared<County const>(
        County{profile, AreaSet{"kommuner", "test", 100_m, std::move(areas)}, kinds(), {}, "test"});
}

std::shared_ptr<County const> county_named(std::string const& name)
{
    auto profile = profile_named(name);
    auto areas = load_areas(profile);
    if (!areas)
        throw std::runtime_error{areas.error().message};
    return std::make_shared<County const>(County{std::move(profile), std::move(*areas), kinds(), {}, "test"});
}

Instant at(std::string_view instant)
{
    auto const parsed = parse_instant(instant);
    if (!parsed)
        throw std::runtime_error{"no instant: " + std::string{instant}};
    return *parsed;
}

}  // namespace riskbild::importers
