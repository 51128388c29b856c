#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <random>

#include "tests/geo_core/store/store_world.hpp"

namespace riskbild::testing {
namespace {

/// What one file brings: reports of one source, and rows set aside.
struct File {
    std::string source;
    std::vector<Report> reports;
    std::vector<SetAside> set_aside;
};

/// Many polls of few reports that change their words, place, case number and role, and come back.
std::vector<File> polls(unsigned seed)
{
    std::mt19937 random(seed);
    auto const one_of = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    static char const* const kKinds[] = {"theft", "robbery", "damage.graffiti", "not.in.the.tree"};
    std::vector<File> files;
    for (int poll = 0; poll < 24; ++poll) {
        std::string const source = poll % 3 == 0 ? "transit" : poll % 3 == 1 ? "police" : "shops";
        File file{source, {}, {}};
        for (int i = 0; i < 18; ++i) {
            if (one_of(3) == 0) {
                continue;
            }
            // Few wordings, so that a content comes back; everything else follows from the wording.
            int const wording = one_of(4);
            auto report = of_source(
                seen(told(fmt::format("{}", i), fmt::format("{} {}", i, wording)), poll / 3), source);
            report.kind_code = kKinds[(i + wording) % 4];
            report = during(report, wording, wording + 1 + i % 5);
            report.case_number = wording == 0 ? "" : fmt::format("K{}", (i + wording) % 7);
            report.role = wording == 3 && i % 6 == 0 ? ReportRole::context : ReportRole::incident;
            report.patrol_discovered = i % 2 == 0;
            if (wording != 2) {
                report = at(report, 640000 + 100.25 * i, 6640000 + wording,
                            wording == 1 ? Precision::street : Precision::address);
            }
            file.reports.push_back(std::move(report));
        }
        if (one_of(2) == 0) {
            file.set_aside.push_back({source, fmt::format("poll{}", poll), 1, "time", "bad_time",
                                      fmt::format("row {} is odd", one_of(3)),
                                      fmt::format("{{{}}}", one_of(3))});
        }
        files.push_back(std::move(file));
    }
    return files;
}

void import_file(Store& store, File const& file)
{
    auto session = must(store.begin_import(source_named(file.source), "poll"));
    for (auto const& report : file.reports) {
        must(session->take(report));
    }
    for (auto const& row : file.set_aside) {
        must(session->set_aside(row));
    }
    must(session->commit());
}

class ImportOrder : public StoreWorld {
protected:
    std::string dump_after(std::vector<File> const& files, std::string const& name,
                           store::StoreOptions const& options = {})
    {
        auto const store = must(store::create_geopackage_store(folder_.path() / name, uppsala(), options));
        for (auto const& file : files) {
            import_file(*store, file);
        }
        EXPECT_EQ(must(store->check(false)).findings, std::vector<std::string>{}) << name;
        return dump_of(*store);
    }
};

std::vector<File> shuffled_and_doubled(std::vector<File> files, unsigned seed)
{
    std::mt19937 random(seed);
    auto const count = files.size();
    for (std::size_t i = 0; i < count; i += 2) {
        files.push_back(files[i]);
    }
    std::ranges::shuffle(files, random);
    for (auto& file : files) {
        auto const rows = file.reports.size();
        for (std::size_t i = 0; i < rows; i += 3) {
            file.reports.push_back(file.reports[i]);
        }
        std::ranges::shuffle(file.reports, random);
    }
    return files;
}

TEST_F(ImportOrder, AnyOrderOfFilesAndRowsDoubledOrNotGivesTheSameDump)
{
    auto const files = polls(1);
    auto const expected = dump_after(files, "in_order.gpkg");
    EXPECT_TRUE(expected.find("reports=8 ") != std::string::npos);
    for (unsigned seed = 1; seed <= 6; ++seed) {
        ASSERT_TRUE(dump_after(shuffled_and_doubled(files, seed), fmt::format("shuffled{}.gpkg", seed)) ==
                    expected)
            << "shuffled with seed " << seed;
    }
}

/// What each source said over time, as one file of its own.
std::vector<File> one_file_per_source(std::vector<File> const& files, unsigned seed)
{
    std::mt19937 random(seed);
    std::map<std::string, File> merged;
    for (auto const& file : files) {
        auto& whole = merged.try_emplace(file.source, File{file.source, {}, {}}).first->second;
        whole.reports.insert(whole.reports.end(), file.reports.begin(), file.reports.end());
        whole.set_aside.insert(whole.set_aside.end(), file.set_aside.begin(), file.set_aside.end());
    }
    std::vector<File> result;
    for (auto& [source, file] : merged) {
        std::ranges::shuffle(file.reports, random);
        result.push_back(std::move(file));
    }
    std::ranges::shuffle(result, random);
    return result;
}

TEST_F(ImportOrder, OneSessionForAllThatASourceSaidGivesTheSameDump)
{
    auto files = polls(1);
    // Numbers that nobody else quotes, ones that two share, and ones that a revision takes up or gives up.
    for (auto& file : files) {
        for (auto& report : file.reports) {
            if (!report.case_number.empty() && report.case_number.back() % 2 == 0) {
                report.case_number = "U" + report.key.source_id + report.case_number;
            }
        }
    }
    auto const expected = dump_after(files, "in_order.gpkg");
    for (unsigned seed = 1; seed <= 6; ++seed) {
        ASSERT_TRUE(dump_after(one_file_per_source(files, seed), fmt::format("merged{}.gpkg", seed)) ==
                    expected)
            << "merged with seed " << seed;
    }
}

TEST_F(ImportOrder, DoesNotMatterWherePublicIdsCollide)
{
    store::StoreOptions const colliding{.public_id_length = 1};
    auto const files = polls(2);
    auto const expected = dump_after(files, "in_order.gpkg", colliding);
    EXPECT_TRUE(expected.find("-2 kind=") != std::string::npos);
    for (unsigned seed = 1; seed <= 4; ++seed) {
        ASSERT_TRUE(dump_after(shuffled_and_doubled(files, seed), fmt::format("shuffled{}.gpkg", seed),
                               colliding) == expected)
            << "shuffled with seed " << seed;
    }
}

TEST_F(ImportOrder, ManyRowsAtOnceAndInSmallPartsAreTheSame)
{
    std::vector<Report> reports;
    std::mt19937 random(3);
    for (int i = 0; i < 24'000; ++i) {
        auto report =
            told(fmt::format("{:08x}", static_cast<unsigned>(i) * 2654435761U), fmt::format("{}", i));
        if (i % 10 != 0) {
            report = at(report, 630000 + static_cast<double>(random() % 60000),
                        6600000 + static_cast<double>(random() % 90000));
        }
        if (i % 100 == 0) {
            report.case_number = fmt::format("K{}", i % 700);
        } else if (i % 8 == 1 || i % 24 == 3) {  // mostly nobody else's, sometimes shared with one other
            report.case_number = fmt::format("L{}", i / 8);
        }
        reports.push_back(std::move(report));
    }
    import(reports);
    expect_sound();
    auto const at_once = dump();
    store_ = make("in_parts.gpkg");
    std::ranges::shuffle(reports, random);
    for (std::size_t first = 0; first < reports.size(); first += 4000) {
        import({reports.begin() + static_cast<std::ptrdiff_t>(first),
                reports.begin() + static_cast<std::ptrdiff_t>(first + 4000)});
    }
    expect_sound();
    EXPECT_TRUE(dump() == at_once);
}

/// Events of a crowded week, each told by one to three sources that differ in minutes, metres and words; so
/// many at few places that reports have rivals, and chains of them form.
std::map<std::string, std::vector<Report>> a_crowded_week(unsigned seed)
{
    std::mt19937 random(seed);
    auto const below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    static char const* const kKinds[] = {"theft", "theft.shop", "robbery.shop", "damage.graffiti", "unknown"};
    static char const* const kWords[] = {"guldsmed", "yxa", "moped", "skyltfönster", "röd jacka", "parfym"};
    std::map<std::string, std::vector<Report>> told_by;
    for (int event = 0; event < 260; ++event) {
        auto const start = hour(0) + std::chrono::minutes{below(7 * 24 * 60)};
        auto const east = 648'000.0 + 400.0 * below(3);
        auto const kind = kKinds[below(5)];
        auto const word = kWords[below(6)];
        for (auto const* const source : {"police", "shops", "transit"}) {
            if (below(10) < 4) {
                continue;
            }
            auto report = of_source(told(fmt::format("{}{}", source[0], event)), source);
            auto const from = start + std::chrono::minutes{below(3) == 0 ? below(40) : 0};
            report.occurred = {from, from + std::chrono::minutes{below(4) == 0 ? 90 : 1}};
            report.kind_code = kind;
            report.text = fmt::format("{} {}", word, below(2) == 0 ? "sprang iväg" : "personal såg det");
            if (below(5) != 0) {
                report = at(report, east + below(60), 6'638'000.0 + below(60), Precision::address);
            }
            report.payload = fmt::format("{{\"{}\":\"{}{}\"}}", source, event, report.text);
            told_by[source].push_back(std::move(report));
        }
    }
    return told_by;
}

TEST_F(ImportOrder, WhatIsLinkedDoesNotDependOnThePortionsItCameIn)
{
    auto const week = a_crowded_week(5);
    for (auto const& [source, reports] : week) {
        import(reports);
    }
    expect_sound();
    auto const at_once = dump();
    ASSERT_GT(count("SELECT count(*) FROM incidents WHERE reports > 1"), 60);
    ASSERT_GT(count("SELECT count(*) FROM incidents WHERE reports > 2"), 5);
    // Strong pairs that were not joined: rivals, and ends of chains.
    ASSERT_GT(count("SELECT count(*) FROM link_pairs p JOIN reports a ON a.id = p.report_a JOIN reports b ON "
                    "b.id = p.report_b WHERE p.weight >= 200 AND a.incident_id <> b.incident_id"),
              20);
    for (unsigned seed = 1; seed <= 3; ++seed) {
        store_ = make(fmt::format("portions{}.gpkg", seed));
        std::mt19937 random(seed);
        std::vector<std::vector<Report>> portions;
        for (auto const& [source, reports] : week) {
            auto shuffled = reports;
            std::ranges::shuffle(shuffled, random);
            for (std::size_t first = 0; first < shuffled.size(); first += 13) {
                auto const last = std::min(first + 13, shuffled.size());
                portions.emplace_back(shuffled.begin() + static_cast<std::ptrdiff_t>(first),
                                      shuffled.begin() + static_cast<std::ptrdiff_t>(last));
            }
        }
        std::ranges::shuffle(portions, random);
        for (auto const& portion : portions) {
            import(portion);
        }
        expect_sound();
        ASSERT_TRUE(dump() == at_once) << "seed " << seed;
    }
}

}  // namespace
}  // namespace riskbild::testing
