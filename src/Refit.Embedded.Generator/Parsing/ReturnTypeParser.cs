using Microsoft.CodeAnalysis;

namespace Refit.Generator;

/// <summary>Reads what a method returns.</summary>
internal static class ReturnTypeParser
{
    /// <summary>Reads the type.</summary>
    /// <returns>The model; null when the type is not supported.</returns>
    public static ReturnModel? Parse(ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol task || !task.Is("System.Threading.Tasks", "Task"))
        {
            return null;
        }

        string declared = type.ToDeclaredName();
        string runtime = type.ToRuntimeName();
        if (task.TypeArguments.Length == 0)
        {
            return new ReturnModel(declared, runtime, ReturnKind.Nothing, null);
        }

        ITypeSymbol result = task.TypeArguments[0];
        if (result.Is("System.Net.Http", "HttpResponseMessage"))
        {
            return new ReturnModel(declared, runtime, ReturnKind.Message, null);
        }

        bool wrapped = result.Is("Refit", "IApiResponse") || result.Is("Refit", "ApiResponse");
        ITypeSymbol? content = wrapped ? ((INamedTypeSymbol)result).TypeArguments.FirstOrDefault() : result;
        return content is not null && IsStreaming(content)
            ? null
            : new ReturnModel(declared, runtime, wrapped ? ReturnKind.ApiResponse : ReturnKind.Content, content?.ToRuntimeName() ?? "global::System.Net.Http.HttpContent");
    }

    private static bool IsStreaming(ITypeSymbol type) =>
        type.Is("System.Collections.Generic", "IAsyncEnumerable") || type.Is("System", "IObservable");
}
