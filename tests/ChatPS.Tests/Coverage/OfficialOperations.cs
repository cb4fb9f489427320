using System.Text.Json;

namespace ChatPS.Tests;

/// <summary>The operations of the extract of OpenAI's official description that are not deprecated. Administration, assistants, threads, evals, fine-tuning and realtime are not in it.</summary>
internal static class OfficialOperations
{
    private const string Extract = "tests/ChatPS.Api.Tests/Data/openapi-extract.json";

    public static IReadOnlyList<Operation> All { get; } = Read();

    private static Operation[] Read()
    {
        using JsonDocument description = JsonDocument.Parse(Repository.Read(Extract));
        return
        [
            .. description.RootElement.GetProperty("paths").EnumerateObject()
                .SelectMany(path => path.Value.EnumerateObject(), (path, method) => (path.Name, Method: method.Name, method.Value))
                .Where(operation => !operation.Value.TryGetProperty("deprecated", out _))
                .Select(operation => new Operation(operation.Value.GetProperty("operationId").GetString()!, operation.Method.ToUpperInvariant(), operation.Name)),
        ];
    }
}
