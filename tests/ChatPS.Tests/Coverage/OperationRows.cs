namespace ChatPS.Tests;

/// <summary>Each operation of the official description, by the cmdlets that send it.</summary>
internal static class OperationRows
{
    private const string Widget = "Not served: ChatKit is a widget for web pages, and its sessions are secrets for browsers; scripts have chats of their own.";

    public static IReadOnlyList<OperationRow> All { get; } =
    [
        new(["createChatCompletion"], "Invoke-ChatCompletion"),
        new(["listChatCompletions", "getChatCompletion", "getChatCompletionMessages"], "Get-ChatCompletion"),
        new(["updateChatCompletion"], "Set-ChatCompletion"),
        new(["deleteChatCompletion"], "Remove-ChatCompletion"),
        new(["createCompletion"], "Invoke-ChatTextCompletion"),
        new(["createResponse", "beta_createResponse"], "Invoke-ChatCompletion"),
        new(["getResponse", "listInputItems", "beta_getResponse", "beta_listInputItems"], "Get-ChatResponse"),
        new(["deleteResponse", "beta_deleteResponse"], "Remove-ChatResponse"),
        new(["cancelResponse", "beta_cancelResponse"], "Stop-ChatResponse"),
        new(["Getinputtokencounts", "beta_Getinputtokencounts"], "Measure-ChatToken"),
        new(["Compactconversation", "beta_Compactconversation"], "Compress-ChatResponse"),
        new(["createEmbedding"], "Get-ChatEmbedding") { By = "IEmbeddingsApi.CreateAsync" },
        new(["createModeration"], "Test-ChatModeration"),
        new(["listModels", "retrieveModel"], "Get-ChatModel"),
        new(["deleteModel"], "Remove-ChatModel"),
        new(["createImage"], "New-ChatImage"),
        new(["createImageEdit"], "Edit-ChatImage"),
        new(["createImageVariation"]) { Reason = "Not served: only a model that ended in May 2026 took it. Edit-ChatImage makes variations." },
        new(["createSpeech"], "ConvertTo-ChatSpeech"),
        new(["createTranscription", "createTranslation"], "ConvertFrom-ChatSpeech"),
        new(["createFile"], "Add-ChatFile"),
        new(["listFiles", "retrieveFile"], "Get-ChatFile"),
        new(["downloadFile"], "Save-ChatFile"),
        new(["deleteFile"], "Remove-ChatFile"),
        new(["createUpload", "addUploadPart", "completeUpload", "cancelUpload"], "Add-ChatFile"),
        new(["createBatch"], "Start-ChatBatch"),
        new(["listBatches", "retrieveBatch"], "Get-ChatBatch"),
        new(["cancelBatch"], "Stop-ChatBatch"),
        new(["createVectorStore"], "New-ChatVectorStore"),
        new(["CreateChatSessionMethod", "CancelChatSessionMethod", "ListThreadsMethod", "GetThreadMethod", "DeleteThreadMethod", "ListThreadItemsMethod"]) { Reason = Widget },
    ];
}
