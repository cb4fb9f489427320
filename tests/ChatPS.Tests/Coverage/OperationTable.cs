using System.Globalization;
using System.Text;

namespace ChatPS.Tests;

/// <summary>The table of operations in docs/coverage.md.</summary>
internal static class OperationTable
{
    public static void Write(StringBuilder page)
    {
        int served = OperationRows.All.Where(row => row.Reason is null).Sum(row => row.Ids.Length);
        page.Append("\n## OpenAI's official description\n\n")
            .Append(CultureInfo.InvariantCulture, $"Version 2.3.0 has {OfficialOperations.All.Count} operations that are not deprecated, and not of administration, assistants, threads, evals, fine-tuning or realtime. {served} are served; the others say why not.\n")
            .Append("\n| Operation | Sent by | Cmdlet |\n|---|---|---|\n");
        foreach (Operation operation in OfficialOperations.All)
        {
            OperationRow row = OperationRows.All.First(row => row.Ids.Contains(operation.Id));
            IEnumerable<string> methods = row.By is { } by ? [by] : WireMethods.Of(operation);
            page.Append("| `").Append(operation.Method).Append(' ').Append(operation.Path).Append("` | ")
                .Append(row.Reason is null ? string.Join(", ", methods.Select(method => $"`{method}`")) : "")
                .Append(" | ").Append(row.Reason ?? string.Join(", ", row.Cmdlets.Select(cmdlet => $"[{cmdlet}](cmdlets/{cmdlet}.md)")) + Beside(operation)).Append(" |\n");
        }
    }

    // A variant of an operation differs in its query alone.
    private static string Beside(Operation operation) => operation.Path.EndsWith("?beta=true", StringComparison.Ordinal) ? " with `-AdditionalQuery @{ beta = 'true' }`" : "";
}
