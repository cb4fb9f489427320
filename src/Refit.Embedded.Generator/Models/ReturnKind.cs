namespace Refit.Generator;

/// <summary>How the answer is treated.</summary>
internal enum ReturnKind
{
    /// <summary><c>Task</c>.</summary>
    Nothing,

    /// <summary><c>Task&lt;T&gt;</c>.</summary>
    Content,

    /// <summary><c>Task&lt;HttpResponseMessage&gt;</c>.</summary>
    Message,

    /// <summary><c>Task&lt;IApiResponse&gt;</c> and its kin.</summary>
    ApiResponse,
}
