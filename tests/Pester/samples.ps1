# Dot-sourced in BeforeAll after common.ps1: a value of each parameter that shapes a request.

$tool = [ordered]@{ type = 'function'; function = [ordered]@{ name = 'lookup'; description = 'Looks up.'; parameters = @{ type = 'object' } } }
$schema = [ordered]@{ type = 'json_schema'; json_schema = [ordered]@{ name = 'answer'; schema = @{ type = 'object' } } }
$png = (New-TestFile (Join-Path $TestDrive 'a.png') png).FullName
$pdf = (New-TestFile (Join-Path $TestDrive 'a.pdf') pdf).FullName

# What all commands take besides that is seen in a request.
$hatches = @(
    @{ Parameter = 'AdditionalBody'; Value = @{ vendor = 1 } }
    @{ Parameter = 'AdditionalHeader'; Value = @{ 'X-Vendor' = 'yes' } }
    @{ Parameter = 'AdditionalQuery'; Value = @{ vendor = 'yes' } }
)
$generation = @(
    @{ Parameter = 'Model'; Value = 'sandbox-large' }
    @{ Parameter = 'Temperature'; Value = 0.5 }
    @{ Parameter = 'TopP'; Value = 0.5 }
    @{ Parameter = 'N'; Value = 2 }
    @{ Parameter = 'MaxTokens'; Value = 50 }
    @{ Parameter = 'Stop'; Value = '#' }
    @{ Parameter = 'PresencePenalty'; Value = 0.5 }
    @{ Parameter = 'FrequencyPenalty'; Value = 0.5 }
    @{ Parameter = 'LogitBias'; Value = @{ 1 = 1 } }
    @{ Parameter = 'Seed'; Value = 1 }
    @{ Parameter = 'User'; Value = 'u' }
)

# A value of each parameter that shapes a request, and what it needs beside it.
$samples = @{
    'Invoke-ChatCompletion' = $hatches + $generation + @(
        @{ Parameter = 'IncludeObfuscation'; Value = $false; With = @{ Stream = $true } }
        @{ Parameter = 'System'; Value = 'Be brief.' }
        @{ Parameter = 'MaxCompletionTokens'; Value = 50 }
        @{ Parameter = 'LogProbs'; Value = $true }
        @{ Parameter = 'TopLogProbs'; Value = 2 }
        @{ Parameter = 'ResponseFormat'; Value = $schema }
        @{ Parameter = 'Tool'; Value = $tool }
        @{ Parameter = 'ToolChoice'; Value = 'required'; With = @{ Tool = $tool } }
        @{ Parameter = 'ParallelToolCall'; Value = $false; With = @{ Tool = $tool } }
        @{ Parameter = 'Function'; Value = $tool.function }
        @{ Parameter = 'FunctionCall'; Value = 'none' }
        @{ Parameter = 'ReasoningEffort'; Value = 'low' }
        @{ Parameter = 'ReasoningSummary'; Value = 'auto' }
        @{ Parameter = 'ThinkingBudget'; Value = 2000 }
        @{ Parameter = 'TopK'; Value = 5 }
        @{ Parameter = 'Verbosity'; Value = 'low' }
        @{ Parameter = 'Modality'; Value = 'text' }
        @{ Parameter = 'Audio'; Value = @{ voice = 'alloy'; format = 'wav' } }
        @{ Parameter = 'Prediction'; Value = 'likely' }
        @{ Parameter = 'WebSearchOption'; Value = @{ search_context_size = 'low' } }
        @{ Parameter = 'Moderation'; Value = @{ model = 'omni-moderation-latest' } }
        @{ Parameter = 'ServiceTier'; Value = 'auto' }
        @{ Parameter = 'Store'; Value = $false }
        @{ Parameter = 'Metadata'; Value = @{ run = 7 } }
        @{ Parameter = 'PromptCacheKey'; Value = 'tour' }
        @{ Parameter = 'PromptCacheRetention'; Value = '24h' }
        @{ Parameter = 'PromptCacheOption'; Value = @{ mode = 'explicit' } }
        @{ Parameter = 'SafetyIdentifier'; Value = 'a1b2' }
        @{ Parameter = 'BuiltInTool'; Value = 'web_search' }
        @{ Parameter = 'PreviousResponseId'; Value = 'resp_1' }
        @{ Parameter = 'ConversationId'; Value = 'conv_1' }
        @{ Parameter = 'Background'; Value = $true }
        @{ Parameter = 'OutputType'; Value = [int] }
        @{ Parameter = 'OutputSchema'; Value = 'name' }
        @{ Parameter = 'SchemaMode'; Value = 'Prompt'; With = @{ OutputSchema = 'name' } }
        @{ Parameter = 'Image'; Value = $png }
        @{ Parameter = 'ImageDetail'; Value = 'low'; With = @{ Image = $png } }
        @{ Parameter = 'Attachment'; Value = $pdf }
        @{ Parameter = 'FileId'; Value = 'file-1' }
    )
    'Invoke-ChatTextCompletion' = $hatches + $generation + @(
        @{ Parameter = 'IncludeObfuscation'; Value = $false; With = @{ Stream = $true } }
        @{ Parameter = 'BestOf'; Value = 2 }
        @{ Parameter = 'Echo'; Value = $true }
        @{ Parameter = 'LogProbs'; Value = 2 }
        @{ Parameter = 'Suffix'; Value = 'The end.' }
    )
    'Measure-ChatToken' = $hatches + @(
        @{ Parameter = 'Model'; Value = 'sandbox-large' }
        @{ Parameter = 'System'; Value = 'Be brief.' }
        @{ Parameter = 'Tool'; Value = $tool }
        @{ Parameter = 'BuiltInTool'; Value = 'web_search' }
        @{ Parameter = 'Image'; Value = $png }
        @{ Parameter = 'Attachment'; Value = $pdf }
        @{ Parameter = 'PreviousResponseId'; Value = 'resp_1' }
        @{ Parameter = 'ConversationId'; Value = 'conv_1' }
    )
    'Test-ChatModeration' = $hatches + @(
        @{ Parameter = 'Model'; Value = 'omni-moderation-2024-09-26' }
        @{ Parameter = 'Image'; Value = $png }
    )
    'Get-ChatEmbedding' = $hatches + @(
        @{ Parameter = 'Model'; Value = 'sandbox-large' }
        @{ Parameter = 'Dimension'; Value = 8 }
        @{ Parameter = 'InputType'; Value = 'Query' }
        @{ Parameter = 'Form'; Value = 'Cohere' }
    )
}
