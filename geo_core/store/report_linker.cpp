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

void sort_once(std::vector<std::int64_t>& reports)
{
    std::ranges::sort(reports);
    reports.erase(std::unique(reports.begin(), reports.end()), reports.end());
}

/// What reports say, each read once, when it is first asked for.
class ReportPrints {
public:
    ReportPrints(Connection& connection, std::span<linkage::LinkSubject const> subjects)
        : read_(connection,
                "SELECT r.case_number, v.title, v.text, v.place_text FROM reports r JOIN report_versions v "
                "ON v.id = r.id * 65536 + r.current_version WHERE r.id = ?1"),
          subjects_(subjects),
          said_(subjects.size())
    {
    }

    /// Reads all of them, in the order of the table. \pre the subjects are nearly all that are in the store
    void read_all(Connection& connection)
    {
        std::unordered_map<std::int64_t, std::uint32_t> index;
        index.reserve(subjects_.size());
        for (std::uint32_t i = 0; i < subjects_.size(); ++i) {
            index.emplace(subjects_[i].report, i);
        }
        Statement all(connection,
                      "SELECT r.case_number, v.title, v.text, v.place_text, r.id FROM reports r JOIN "
                      "report_versions v ON v.id = r.id * 65536 + r.current_version ORDER BY r.id");
        all.query();
        while (all.step()) {
            if (auto const found = index.find(all.integer(4)); found != index.end()) {
                said_[found->second] = said_by(all);
            }
        }
    }

    linkage::WordAgreement agreement(std::uint32_t a, std::uint32_t b, bool with_places)
    {
        return prints_.agreement(of(a).words, of(b).words, with_places);
    }

    bool quote_other_case_numbers(std::uint32_t a, std::uint32_t b)
    {
        auto const number = of(a).case_number;
        auto const other = of(b).case_number;
        return number != 0 && other != 0 && number != other;
    }

private:
    struct Said {
        linkage::WordPrints::Of words;
        std::uint64_t case_number = 0;
        bool read = false;
    };

    Said const& of(std::uint32_t subject)
    {
        auto& said = said_[subject];
        if (!said.read) {
            auto const report = subjects_[subject].report;
            read_.query(report);
            if (!read_.step()) {
                throw StoreFailure(ErrorCode::damaged,
                                   fmt::format("report {} has lost its current version", report));
            }
            said = said_by(read_);
            read_.reset();
        }
        return said;
    }

    Said said_by(Statement const& row)
    {
        return {prints_.add(row.text(1), row.text(2), row.text(3)), linkage::print_of(row.text(0)), true};
    }

    Statement read_;
    std::span<linkage::LinkSubject const> subjects_;
    std::vector<Said> said_;
    linkage::WordPrints prints_;
};

/// From such a part of all reports on, reading all in order is quicker than one by one.
constexpr std::size_t kPartWorthAScan = 8;

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
    sort_once(old);

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

    // Of a weak pair those are affected that have a strong one: it may be a rival of that.
    std::vector<std::int64_t> affected;
    std::vector<std::int64_t> weak;
    for (auto const& pair : touched) {
        auto& reports = pair.bits >= linkage::kSameBits ? affected : weak;
        reports.insert(reports.end(), {pair.a, pair.b});
    }
    sort_once(affected);
    sort_once(weak);
    std::vector<std::int64_t> rivals;
    std::ranges::set_difference(weak, affected, std::back_inserter(rivals));
    std::erase_if(rivals, [&](std::int64_t report) { return !pairs_.is_strong(report); });
    affected.insert(affected.end(), rivals.begin(), rivals.end());
    std::ranges::sort(affected);
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
    // A plus sign keeps SQLite from an index that would lead to nearly all rows, in no order.
    auto const all = connection_.integer("SELECT count(*) FROM reports");
    bool const by_index = static_cast<std::int64_t>(subjects.size() * kPartWorthAScan) < all;
    Statement near_in_time(connection_, kSelectVoice + (by_index ? "" : "+") + "r.started BETWEEN ?1 AND ?2");
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
    std::vector<linkage::LinkPair> found;
    ReportPrints prints(connection_, subjects);
    if (fresh > subjects.size() / kPartWorthAScan) {
        prints.read_all(connection_);
    }
    linkage::CandidatePairs const candidates(scorer_, county_, subjects);
    candidates.each_of_first(
        fresh, [&](linkage::CandidatePairs::Pair pair, linkage::PairScore const& numbers) {
            auto const [a, b] = pair;
            auto score = numbers;
            linkage::PairScorer::add_words(score,
                                           prints.agreement(a, b, linkage::PairScorer::with_places(numbers)),
                                           prints.quote_other_case_numbers(a, b));
            if (score.bits() >= linkage::kPossibleBits) {
                auto const [first, second] = std::minmax(subjects[a].report, subjects[b].report);
                found.push_back({first, second, score.bits(), score.one_source});
            }
        });
    std::ranges::sort(found, {}, [](linkage::LinkPair const& pair) { return std::pair{pair.a, pair.b}; });
    return found;
}

}  // namespace riskbild::store
