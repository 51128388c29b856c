#include "geo_core/store/report_linker.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

#include "geo_core/linkage/candidate_pairs.hpp"
#include "geo_core/store/content_hash.hpp"
#include "geo_core/store/incident_derivation.hpp"
#include "geo_core/store/stored_values.hpp"

namespace riskbild::store {

namespace {

/// Raised whenever a weight or rule of linkage changes: the pairs of older stores are then found anew.
constexpr int kRules = 1;

std::string const kSelectVoice = std::string("SELECT r.id, r.source_id, ") + kVoiceColumns +
                                 " FROM reports r JOIN report_versions v ON v.id = r.id * 65536 + "
                                 "r.current_version WHERE r.role = 0 AND ";

std::int64_t seconds(Instant instant)
{
    return instant.time_since_epoch().count();
}

/// The texts of reports, each read once.
class LinkReports {
public:
    LinkReports(Connection& connection, std::span<linkage::LinkSubject const> subjects, County const& county)
        : read_(connection,
                "SELECT r.source_id, r.source_key, r.case_number, v.title, v.text, v.place_text FROM "
                "reports r JOIN report_versions v ON v.id = r.id * 65536 + r.current_version WHERE r.id = "
                "?1"),
          subjects_(subjects),
          county_(county)
    {
    }

    linkage::LinkReport const& operator[](std::uint32_t subject)
    {
        auto const [place, added] = reports_.try_emplace(subject);
        if (added) {
            place->second = read(subjects_[subject]);
        }
        return place->second;
    }

    /// Pairs come in order of their first subject: those before it that nobody needs any more may go.
    void forget_all() { reports_.clear(); }
    [[nodiscard]] std::size_t size() const { return reports_.size(); }

private:
    linkage::LinkReport read(linkage::LinkSubject const& subject)
    {
        read_.query(subject.report);
        if (!read_.step()) {
            throw StoreFailure(ErrorCode::damaged,
                               fmt::format("report {} has lost its current version", subject.report));
        }
        linkage::LinkReport report{subject,
                                   {source_at(read_, 0, county_).name, std::string(read_.text(1))},
                                   std::string(read_.text(2)),
                                   linkage::ReportWords::of(read_.text(3), read_.text(4), read_.text(5))};
        read_.reset();
        return report;
    }

    Statement read_;
    std::span<linkage::LinkSubject const> subjects_;
    County const& county_;
    std::unordered_map<std::uint32_t, linkage::LinkReport> reports_;
};

}  // namespace

ReportLinker::ReportLinker(Connection& connection, County const& county, KindDictionary const& kinds)
    : connection_(connection), county_(county), kinds_(kinds), scorer_(county), pairs_(connection)
{
}

linkage::LinkSubject ReportLinker::subject_of(ReportVoice const& voice) const
{
    return {voice.report.value(), voice.source, kinds_.kind(voice.kind), voice.occurred, voice.place};
}

std::vector<std::int64_t> ReportLinker::update(std::deque<NewReport> const& new_reports,
                                               std::span<std::int64_t const> changed)
{
    auto const first_new = new_reports.empty() ? std::numeric_limits<std::int64_t>::max()
                                               : new_reports.front().voice.report.value();
    std::vector<std::int64_t> old;
    std::vector<std::int64_t> fresh;
    for (auto const report : changed) {
        (report < first_new ? old : fresh).push_back(report);
    }
    std::ranges::sort(old);
    old.erase(std::ranges::unique(old).begin(), old.end());

    std::vector<linkage::LinkPair> touched;
    for (auto const report : old) {
        std::ranges::copy(pairs_.erase(report), std::back_inserter(touched));
    }
    // A new report that was revised in the same session is as the store has it now, not as it came first.
    std::unordered_set<std::int64_t> const reread(fresh.begin(), fresh.end());
    auto compared = subjects(old);
    std::ranges::copy(subjects(std::vector(reread.begin(), reread.end())), std::back_inserter(compared));
    for (auto const& report : new_reports) {
        if (report.role == ReportRole::incident && !reread.contains(report.voice.report.value())) {
            compared.push_back(subject_of(report.voice));
        }
    }
    auto const count = compared.size();
    add_neighbours(compared);
    auto const found = compare(compared, count);
    for (auto const& pair : found) {
        pairs_.insert(pair);
    }
    touched.insert(touched.end(), found.begin(), found.end());

    std::vector<std::int64_t> affected;
    for (auto const& pair : touched) {
        for (auto const report : {pair.a, pair.b}) {
            if (pair.bits >= linkage::kSameBits || pairs_.is_strong(report)) {
                affected.push_back(report);
            }
        }
    }
    std::ranges::sort(affected);
    affected.erase(std::ranges::unique(affected).begin(), affected.end());
    return affected;
}

std::vector<linkage::LinkPair> ReportLinker::all_pairs()
{
    std::vector<linkage::LinkSubject> all;
    Statement every(connection_, kSelectVoice + "true ORDER BY r.id");
    every.query();
    while (every.step()) {
        all.push_back(
            subject_of(read_voice(every, 2, every.integer(0), source_id_at(every, 1, county_), county_)));
    }
    return compare(all, all.size());
}

void ReportLinker::rebuild()
{
    connection_.execute("DELETE FROM link_pairs");
    for (auto const& pair : all_pairs()) {
        pairs_.insert(pair);
    }
    note_rules();
}

void ReportLinker::note_rules()
{
    Statement(connection_,
              "INSERT INTO store_info(name, value) VALUES ('linkage_rules', ?1) "
              "ON CONFLICT(name) DO UPDATE SET value = excluded.value")
        .run(rules());
}

bool ReportLinker::is_current()
{
    Statement known(connection_, "SELECT value FROM store_info WHERE name = 'linkage_rules'");
    known.query();
    bool const is_known = known.step();
    auto const current = is_known && known.text(0) == rules();
    known.reset();
    return current;
}

std::string ReportLinker::rules() const
{
    std::string codes;
    for (auto const& kind : county_.kinds.kinds()) {
        codes += kind.code + '\n';
    }
    return fmt::format("{}:{}", kRules, to_hex(content_hash(codes)));
}

std::vector<linkage::LinkSubject> ReportLinker::subjects(std::span<std::int64_t const> reports)
{
    std::vector<linkage::LinkSubject> found;
    Statement one(connection_, kSelectVoice + "r.id = ?1");
    for (auto const report : reports) {
        one.query(report);
        if (one.step()) {
            found.push_back(subject_of(read_voice(one, 2, report, source_id_at(one, 1, county_), county_)));
        }
        one.reset();
    }
    return found;
}

void ReportLinker::add_neighbours(std::vector<linkage::LinkSubject>& subjects)
{
    if (subjects.empty()) {
        return;
    }
    std::unordered_set<std::int64_t> present;
    auto earliest = std::numeric_limits<std::int64_t>::max();
    auto latest = std::numeric_limits<std::int64_t>::min();
    auto const gap = std::chrono::seconds{linkage::kWidestGap}.count();
    for (auto const& subject : subjects) {
        present.insert(subject.report);
        if (subject.occurred.length() <= linkage::kLongestInterval) {
            earliest = std::min(earliest, seconds(subject.occurred.from) - gap -
                                              std::chrono::seconds{linkage::kLongestInterval}.count());
            latest = std::max(latest, seconds(subject.occurred.to) + gap);
        }
    }
    Statement near_in_time(connection_, kSelectVoice + "r.started BETWEEN ?1 AND ?2");
    near_in_time.query(earliest, latest);
    while (near_in_time.step()) {
        auto const report = near_in_time.integer(0);
        if (!present.contains(report)) {
            subjects.push_back(subject_of(
                read_voice(near_in_time, 2, report, source_id_at(near_in_time, 1, county_), county_)));
        }
    }
}

std::vector<linkage::LinkPair> ReportLinker::compare(std::span<linkage::LinkSubject const> subjects,
                                                     std::size_t fresh)
{
    constexpr std::size_t kTextsInMemory = 100'000;
    std::vector<linkage::LinkPair> found;
    LinkReports reports(connection_, subjects, county_);
    for (auto const& [a, b] : linkage::CandidatePairs(scorer_, county_, subjects).of_first(fresh)) {
        if (reports.size() > kTextsInMemory) {
            reports.forget_all();
        }
        auto const score = scorer_.score(reports[a], reports[b]);
        if (score && score->bits() >= linkage::kPossibleBits) {
            auto const [first, second] = std::minmax(subjects[a].report, subjects[b].report);
            found.push_back({first, second, score->bits(), score->one_source});
        }
    }
    std::ranges::sort(found, {}, [](linkage::LinkPair const& pair) { return std::pair{pair.a, pair.b}; });
    return found;
}

}  // namespace riskbild::store
