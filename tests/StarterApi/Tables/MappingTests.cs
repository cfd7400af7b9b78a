using Microsoft.EntityFrameworkCore;
using Settlement.Database;
using Settlement.Database.Api;
using Settlement.StarterApi.Tests.Support;

namespace Settlement.StarterApi.Tests.Tables;

[Collection(ApiCollection.Name)]
public sealed class MappingTests(ApiFixture api)
{
    [Theory]
    [InlineData(typeof(IdempotencyKeyRow))]
    [InlineData(typeof(ApprovalTicketRow))]
    [InlineData(typeof(RefreshTokenRow))]
    public async Task Mapping_OfEachTable_NamesItsColumnsAndNoOthers(Type row)
    {
        await using var context = SettlementDatabase.CreateContext(api.Database);
        var entity = context.Model.FindEntityType(row).ShouldNotBeNull();
        var mapped = entity.GetProperties().Select(property => property.GetColumnName());

        await using var command = api.Database.CreateCommand("SELECT column_name::text FROM information_schema.columns WHERE table_schema = 'settlement' AND table_name = $1");
        command.Parameters.Add(new Npgsql.NpgsqlParameter { Value = entity.GetTableName()! });
        await using var reader = await command.ExecuteReaderAsync();
        var columns = new List<string>();
        while (await reader.ReadAsync())
            columns.Add(reader.GetString(0));

        mapped.ShouldBe(columns, ignoreOrder: true);
    }

    [Fact]
    public async Task Rows_OfARealSettlement_AreReadBack()
    {
        var id = await api.CreateAsync();
        await using var context = SettlementDatabase.CreateContext(api.Database);
        var key = await context.Set<IdempotencyKeyRow>().SingleAsync(row => row.SettlementId == id);
        key.EntityId.ShouldBe(TestUsers.EntityA);
        key.RequestHash.Length.ShouldBe(32);
        key.Response.ShouldContain(id.ToString());
        (await context.Set<RefreshTokenRow>().CountAsync(row => row.UserName == TestUsers.Starter)).ShouldBeGreaterThan(0);
    }
}
