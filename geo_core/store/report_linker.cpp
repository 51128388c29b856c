#include "geo_core/store/report_linker.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

#include "geo_core/batch_worker.hpp"
#include "geo_core/linkage/candidate_pairs.hpp"
#include "geo_core/parallel.hpp"
#include "geo_core/store/content_hash.hpp"
#include "geo_core/store/incident_derivation.hpp"
#include "geo_core/store/stored_values.hpp"

namespace riskbild::store {

namespace {

/// Raised whenever a weight or rule of linkage changes: the pairs of older stores are then found anew.
constexpr int kRules = 2;

constexpr char const* kOfCurrentVersions =
    " FROM reports r JOIN report_versions v ON v.id = r.id * 65536 + r.current_version ";

std::string select_voice(std::string const& condition)
{
    return std::string("SELECT r.id, r.source_id, ") + kVoiceColumns + kOfCurrentVersions +
           "WHERE r.role = 0 AND " + condition;
}

std::int64_t seconds(Instant instant)
{
    return instant.time_since_epoch().count();
}

void sort_once(std::vector<std::int64_t>& reports)
{
    std::ranges::sort(reports);
    reports.erase(std::unique(reports.begin(), reports.end()), reports.end());
}

constexpr char const* kWordColumns = "r.case_number, v.title, v.text, v.place_text";

std::string select_voice_and_words(std::string const& condition)
{
    return std::string("SELECT r.id, r.source_id, ") + kVoiceColumns + ", " + kWordColumns +
           kOfCurrentVersions + "WHERE r.role = 0 AND " + condition + " ORDER BY r.id";
}
constexpr int kFirstWordColumn = 10;

/// From such a part of all reports on, reading all in order is quicker than one by one.
constexpr std::size_t kPartWorthAPass = 8;

}  // namespace

/// What subjects say: each read when it is first asked for, or all of them in one pass over the store.
class ReportLinker::Words {
public:
    Words(Connection& connection, std::vector<linkage::LinkSubject> const& subjects)
        : read_(connection, std::string("SELECT ") + kWordColumns + kOfCurrentVersions + "WHERE r.id = ?1"),
          subjects_(subjects)
    {
    }

    /// Of a row with kWordColumns from `column` on. Words are made out in a thread of their own while the
    /// next rows are read, until `finish`.
    void take(std::uint32_t subject, Statement const& row, int column)
    {
        if (!worker_) {
            worker_.emplace([this](Row& said) -> Result<void> {
                put(said.subject, said_by(said.case_number, said.title, said.text, said.place));
                return {};
            });
        }
        if (auto const taken =
                worker_->push({subject, std::string(row.text(column)), std::string(row.text(column + 1)),
                               std::string(row.text(column + 2)), std::string(row.text(column + 3))});
            !taken) {
            throw StoreFailure(taken.error().code, taken.error().message);
        }
    }

    void finish()
    {
        if (worker_) {
            static_cast<void>(worker_->finish());
            worker_.reset();
        }
        said_.resize(subjects_.size());
        all_read_ = true;
    }

    /// Whether several threads may ask.
    [[nodiscard]] bool all_read() const { return all_read_; }

    linkage::WordAgreement agreement(std::uint32_t a, std::uint32_t b, bool with_places)
    {
        auto const words = of(a).words;  // reading the other may move what is kept of this one
        return prints_.agreement(words, of(b).words, with_places);
    }

    bool quote_other_case_numbers(std::uint32_t a, std::uint32_t b)
    {
        auto const number = of(a).case_number;
        auto const other = of(b).case_number;
        return number != 0 && other != 0 && number != other;
    }

private:
    struct Row {
        std::uint32_t subject;
        std::string case_number, title, text, place;
    };
    struct Said {
        linkage::WordPrints::Of words;
        std::uint64_t case_number = 0;
        bool read = false;
    };

    Said const& of(std::uint32_t subject)
    {
        if (all_read_) {
            return said_[subject];
        }
        if (subject >= said_.size() || !said_[subject].read) {
            auto const report = subjects_[subject].report;
            read_.query(report);
            if (!read_.step()) {
                throw StoreFailure(ErrorCode::damaged,
                                   fmt::format("report {} has lost its current version", report));
            }
            put(subject, said_by(read_.text(0), read_.text(1), read_.text(2), read_.text(3)));
            read_.reset();
        }
        return said_[subject];
    }

    Said said_by(std::string_view case_number, std::string_view title, std::string_view text,
                 std::string_view place)
    {
        return {prints_.add(title, text, place), linkage::print_of(case_number), true};
    }

    void put(std::uint32_t subject, Said said)
    {
        if (subject >= said_.size()) {
            said_.resize(std::max<std::size_t>(subject + 1, 2 * said_.size()));
        }
        said_[subject] = said;
    }

    Statement read_;
    std::vector<linkage::LinkSubject> const& subjects_;
    std::vector<Said> said_;
    linkage::WordPrints prints_;
    std::optional<BatchWorker<Row>> worker_;
    bool all_read_ = false;
};

ReportLinker::ReportLinker(Connection& connection, County const& county, KindDictionary const& kinds)
    : connection_(connection), county_(county), kinds_(kinds), scorer_(county), pairs_(connection)
{
}

linkage::LinkSubject ReportLinker::subject_at(Statement const& row) const
{
    return subject_of(read_voice(row, 2, row.integer(0), source_id_at(row, 1, county_), county_));
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
    Words words(connection_, compared);
    add_neighbours(compared, words);
    auto const found = compare(compared, count, words);
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
    Words words(connection_, all);
    Statement every(connection_, select_voice_and_words("true"));
    every.query();
    while (every.step()) {
        words.take(static_cast<std::uint32_t>(all.size()), every, kFirstWordColumn);
        all.push_back(subject_at(every));
    }
    words.finish();
    return compare(all, all.size(), words);
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
    Statement one(connection_, select_voice("r.id = ?1"));
    for (auto const report : reports) {
        one.query(report);
        if (one.step()) {
            found.push_back(subject_at(one));
        }
        one.reset();
    }
    return found;
}

void ReportLinker::add_neighbours(std::vector<linkage::LinkSubject>& subjects, Words& words)
{
    if (subjects.empty()) {
        return;
    }
    auto const fresh = subjects.size();
    std::unordered_map<std::int64_t, std::uint32_t> present;
    present.reserve(fresh);
    auto earliest = std::numeric_limits<std::int64_t>::max();
    auto latest = std::numeric_limits<std::int64_t>::min();
    auto const gap = std::chrono::seconds{linkage::kWidestGap}.count();
    for (auto const& subject : subjects) {
        present.emplace(subject.report, static_cast<std::uint32_t>(present.size()));
        if (subject.occurred.length() <= linkage::kLongestInterval) {
            earliest = std::min(earliest, seconds(subject.occurred.from) - gap -
                                              std::chrono::seconds{linkage::kLongestInterval}.count());
            latest = std::max(latest, seconds(subject.occurred.to) + gap);
        }
    }
    auto const all = connection_.integer("SELECT count(*) FROM reports");
    if (static_cast<std::int64_t>(fresh * kPartWorthAPass) < all) {
        Statement near_in_time(connection_, select_voice("r.started BETWEEN ?1 AND ?2"));
        near_in_time.query(earliest, latest);
        while (near_in_time.step()) {
            if (!present.contains(near_in_time.integer(0))) {
                subjects.push_back(subject_at(near_in_time));
            }
        }
        return;
    }
    // A plus sign keeps SQLite from an index that would lead to nearly all rows, in no order.
    Statement near_in_time(connection_, select_voice_and_words("+r.started BETWEEN ?1 AND ?2"));
    near_in_time.query(earliest, latest);
    while (near_in_time.step()) {
        auto const found = present.find(near_in_time.integer(0));
        auto const next = static_cast<std::uint32_t>(subjects.size());
        words.take(found == present.end() ? next : found->second, near_in_time, kFirstWordColumn);
        if (found == present.end()) {
            subjects.push_back(subject_at(near_in_time));
        }
    }
    words.finish();
}

std::vector<linkage::LinkPair> ReportLinker::compare(std::span<linkage::LinkSubject const> subjects,
                                                     std::size_t fresh, Words& words) const
{
    constexpr std::size_t kStretch = 4096;
    linkage::CandidatePairs const candidates(scorer_, county_, subjects);
    std::vector<std::vector<linkage::LinkPair>> found(candidates.size() / kStretch + 1);
    auto const compare_stretch = [&](std::size_t first, std::size_t last) {
        auto& pairs = found[first / kStretch];
        candidates.each_of_first(
            fresh, first, last, [&](linkage::CandidatePairs::Pair pair, linkage::PairScore const& numbers) {
                auto const [a, b] = pair;
                auto score = numbers;
                auto const with_places = linkage::PairScorer::with_places(numbers);
                linkage::PairScorer::add_words(score, words.agreement(a, b, with_places),
                                               words.quote_other_case_numbers(a, b));
                if (score.bits() >= linkage::kPossibleBits) {
                    auto const [first_report, second] = std::minmax(subjects[a].report, subjects[b].report);
                    pairs.push_back({first_report, second, score.bits(), score.one_source});
                }
            });
    };
    for_each_stretch(candidates.size(), kStretch, words.all_read() ? 0 : 1, {}, compare_stretch);

    std::vector<linkage::LinkPair> all;
    for (auto& pairs : found) {
        std::ranges::copy(pairs, std::back_inserter(all));
        pairs = {};
    }
    std::ranges::sort(all, {}, [](linkage::LinkPair const& pair) { return std::pair{pair.a, pair.b}; });
    return all;
}

}  // namespace riskbild::store
