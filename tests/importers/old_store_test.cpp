#include <gmock/gmock.h>

#include <filesystem>
#include <sstream>

#include "geo_core/store/store.hpp"
#include "importers/points/points_importer.hpp"
#include "importers/police/police_importer.hpp"
#include "tests/importers/fake_store.hpp"
#include "tests/importers/test_files.hpp"

namespace riskbild::importers {
namespace {

namespace fs = std::filesystem;
using ::testing::IsEmpty;

constexpr char const* kPolice =
    R"([{"id":1,"datetime":"2025-03-30 12:00:00 +02:00","name":"30 mars 10:00, Rån, Uppsala","summary":"Exempel: personrån vid resecentrum.","url":"/a","type":"Rån","location":{"name":"Uppsala","gps":"59.858,17.639"}},
 {"id":2,"datetime":"2025-03-31 12:00:00 +02:00","name":"31 mars 09:00, Brand, Knivsta","summary":"Exempel: brand i container.","url":"/b","type":"Brand","location":{"name":"Knivsta","gps":"59.72,17.79"}},
 {"id":3,"datetime":"2025-03-31 12:00:00 +02:00","name":"31 mars 09:00, Stöld, Nowhere","summary":"Exempel.","url":"/c","type":"Stöld","location":{"name":"Nowhere","gps":"59.72,17.79"}}])";
constexpr char const* kList =
    "id,from,to,kind,lng,lat,precision,kommun,case_number,text\n"
    "1,2025-03-29T10:00,,damage.graffiti,17.6400,59.8600,exact,,K1,Exempel: klotter på vägg\n"
    "2,2025-03-29T11:00,,damage.graffiti,17.6401,59.8601,exact,,K1,Exempel: samma klotter\n"
    "3,2025-03-20T22:00,2025-03-21T06:00,theft.bicycle,17.5,59.9,address,,,Exempel: cykel\n"
    "4,nonsens,,theft,17.5,59.9,address,,,Exempel: utan tid\n";

struct Reports {
    ImportReport police, list;
};

Reports import_both(Store& store)
{
    auto const now = at("2025-06-01T08:00:00Z");
    auto police = ByteSource::from_memory("police_20250401T060000Z.json", kPolice);
    auto list = ByteSource::from_memory("lista_20250401T060000Z.csv", kList);
    return {import_police(store, police, PoliceTypes::load().value(), {.now = now}).value(),
            import_points(store, list, {.now = now}).value()};
}

/// Without the store's own name.
std::string dump_of(Store& store)
{
    std::ostringstream out;
    EXPECT_TRUE(store.dump(out));
    return out.str();
}

// stores/schema_1.gpkg was written by the program of the first schema, from the two files above.
TEST(OldStore, OfTheFirstSchemaIsAfterAnotherImportAsIfItWereNew)
{
    auto name = (fs::temp_directory_path() / "riskbild-old-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    fs::path const folder = name;
    fs::copy_file(RISKBILD_TESTS_DIR "/stores/schema_1.gpkg", folder / "old.gpkg");
    {
        auto const refused = open_store(folder / "old.gpkg", Store::Access::read_only);
        ASSERT_FALSE(refused);
        EXPECT_THAT(refused.error().message, ::testing::HasSubstr("open it once with write permission"));

        auto const old = *open_store(folder / "old.gpkg", Store::Access::read_write);
        EXPECT_THAT(old->check(false)->findings, IsEmpty());
        EXPECT_EQ((*old->snapshot())->size(), 4U);
        EXPECT_EQ(old->set_aside_page({})->n, 2U);

        auto const again = import_both(*old);
        EXPECT_EQ(again.police.new_ + again.list.new_, 0U);
        EXPECT_EQ(again.police.set_aside + again.list.set_aside, 2U);
        EXPECT_THAT(old->check(false)->findings, IsEmpty());

        auto const fresh = *create_store(folder / "new.gpkg", *load_profile("uppsala"));
        import_both(*fresh);
        EXPECT_EQ(dump_of(*old), dump_of(*fresh));
    }
    fs::remove_all(folder);
}

}  // namespace
}  // namespace riskbild::importers
