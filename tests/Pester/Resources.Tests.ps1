BeforeAll {
    . $PSScriptRoot/common.ps1
    Connect-TestSandbox @{} @{ ApiKey = 'sk-test-1' }

    function New-Note([string] $Text, [string] $Name = 'notes.md') {
        $path = Join-Path $TestDrive $Name
        Set-Content -LiteralPath $path -Value $Text
        $path
    }

    function Get-Sent([string] $Method) { @(Get-ChatSandboxRequest | Where-Object Method -eq $Method) }
}

AfterAll { Clear-Test }

Describe 'Vector stores' {
    It 'are filled, waited for, searched and asked by one pipeline' {
        $store = New-ChatVectorStore notes -ExpiresAfterDay 7 -Metadata @{ team = 'ops' }
        $file = $store | Add-ChatVectorStoreFile -Path (New-Note 'The backup of web01 runs at two.') -Attribute @{ year = 2026 } | Wait-ChatVectorStoreFile
        $file.Status | Should -Be completed
        $file.Attributes['year'] | Should -Be 2026
        $store.ExpiresAfterDay | Should -Be 7
        $found = $store | Search-ChatVectorStore 'When does the backup run?' -First 1 -Filter @{ type = 'gte'; key = 'year'; value = 2026 }
        $found.Text | Should -Be 'The backup of web01 runs at two.'
        $found.FileId | Should -Be $file.Id
        $found.Query | Should -Be 'When does the backup run?'
    }

    It 'answer through the tool file_search' {
        $store = New-ChatVectorStore notes
        $file = $store | Add-ChatVectorStoreFile -Path (New-Note 'The backup of web01 runs at two.') | Wait-ChatVectorStoreFile
        $sandbox = (Get-ChatConnection Test).BaseUri
        $null = Connect-ChatService -Name Responses -BaseUri $sandbox -Dialect Responses -ApiKey sk-test-1 -Model sandbox-mini
        (Invoke-ChatCompletion 'When does the backup run?' -BuiltInTool $store -Connection Responses).Citations.FileId | Should -Be $file.Id
    }

    It 'take several files as one batch, and tell which failed' {
        $store = New-ChatVectorStore notes
        $files = $store | Add-ChatVectorStoreFile -Path (New-Note one one.md), (New-Note two broken.md)
        $files.Count | Should -Be 2
        $files[0].BatchId | Should -Be $files[1].BatchId
        ($files | Wait-ChatVectorStoreFile -WarningVariable warnings -WarningAction SilentlyContinue).Status | Should -Be completed, failed
        $warnings | Should -BeLike '*could not be parsed*'
        (Get-ChatVectorStoreFile $store.Id -BatchId $files[0].BatchId -Status failed).ErrorCode | Should -Be invalid_file
    }

    It 'are waited for by themselves' {
        $store = New-ChatVectorStore notes
        $null = Get-Item (New-Note one) | Add-ChatVectorStoreFile -VectorStore $store
        $done = $store | Wait-ChatVectorStore -TimeoutSec 20
        $done.CompletedCount | Should -Be 1
    }

    It 'take files from the pipeline, and are named by object or id: <_>' -ForEach 'object', 'id' {
        $store = New-ChatVectorStore notes
        $place = if ($_ -eq 'id') { $store.Id } else { $store }
        $kept = Add-ChatFile (New-Note kept kept.md)
        $files = (Get-Item (New-Note one one.md)), $kept, (New-Note two two.md) | Add-ChatVectorStoreFile -VectorStore $place
        $files.Count | Should -Be 3
        $files[1].Id | Should -Be $kept.Id
        @(Get-ChatVectorStoreFile -VectorStore $place).Count | Should -Be 3
        @($place | Get-ChatVectorStoreFile).Count | Should -Be 3
        (Get-ChatVectorStoreFile $place $kept.Id).Id | Should -Be $kept.Id
        Remove-ChatVectorStoreFile $place $kept.Id
        @(Get-ChatVectorStoreFile $place).Count | Should -Be 2
    }

    It 'are searched whether the store or the question comes first' {
        $store = New-ChatVectorStore notes
        $null = $store | Add-ChatVectorStoreFile -Path (New-Note 'The backup runs at two.') -Attribute @{ team = 'ops'; year = 2026 } | Wait-ChatVectorStoreFile
        foreach ($found in @(
                (Search-ChatVectorStore $store backup), (Search-ChatVectorStore $store.Id backup), (Search-ChatVectorStore backup -VectorStore $store.Id),
                ($store | Search-ChatVectorStore backup), ($store | Search-ChatVectorStore -Query backup), ('backup' | Search-ChatVectorStore $store), ('backup' | Search-ChatVectorStore -VectorStore $store))) {
            $found.Query | Should -Be backup
            $found.Text | Should -Be 'The backup runs at two.'
        }
    }

    It 'are filtered by the values of attributes' {
        $store = New-ChatVectorStore notes
        $null = $store | Add-ChatVectorStoreFile -Path (New-Note 'The backup runs at two.') -Attribute @{ team = 'ops'; year = 2026 } | Wait-ChatVectorStoreFile
        @($store | Search-ChatVectorStore backup -Filter @{ team = 'ops' }).Count | Should -Be 1
        @($store | Search-ChatVectorStore backup -Filter @{ team = 'ops'; year = 2025 }).Count | Should -Be 0
    }

    It 'say that a folder is a folder, and that a store is missing' {
        Add-ChatVectorStoreFile vs_1 -Path $TestDrive -ErrorAction SilentlyContinue -ErrorVariable folder
        $folder[0].Exception.Message | Should -BeLike '*is a folder*'
        Get-ChatVectorStoreFile vs_none -ErrorAction SilentlyContinue -ErrorVariable none
        $none[0].ErrorDetails.RecommendedAction | Should -BeLike 'Check the id of the vector store:*'
    }

    It 'are taken from a piped copy of an object by its properties' {
        $store = New-ChatVectorStore notes
        $file = $store | Add-ChatVectorStoreFile -Path (New-Note one)
        ([pscustomobject]@{ VectorStoreId = $store.Id; Id = $file.Id } | Get-ChatVectorStoreFile).Id | Should -Be $file.Id
        ($file | Get-ChatVectorStoreFile).VectorStoreId | Should -Be $store.Id
    }

    It 'change only what is given' {
        $store = New-ChatVectorStore notes -Metadata @{ a = 'b' }
        $changed = $store | Set-ChatVectorStore -Name other -PassThru
        $changed.Name | Should -Be other
        $changed.Metadata['a'] | Should -Be b
        $store | Set-ChatVectorStore -ErrorAction SilentlyContinue -ErrorVariable e
        $e[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest*'
    }

    It 'say what is wrong before anything is sent' {
        $before = @(Get-ChatSandboxRequest).Count
        New-ChatVectorStore notes -ExpiresAfterDay 0 -ErrorAction SilentlyContinue -ErrorVariable e
        $e[0].Exception.Message | Should -BeLike '-ExpiresAfterDay is 0*between 1 and 365*'
        Add-ChatVectorStoreFile vs_1 -Path (Join-Path $TestDrive none.md) -ErrorAction SilentlyContinue -ErrorVariable missing
        $missing[0].Exception.Message | Should -BeLike '*there is no file*'
        @(Get-ChatSandboxRequest).Count | Should -Be $before
    }
}

Describe 'What is kept' {
    It 'is listed as far as it is wanted' {
        $made = 1..5 | ForEach-Object { New-ChatContainer "c$_" }
        (Get-ChatContainer -First 2 -Order desc).Id | Should -Be $made[4].Id, $made[3].Id
        (Get-ChatContainer -Name c3).Id | Should -Be $made[2].Id
        ($made | Get-ChatContainer).Count | Should -Be 5
    }

    It 'is not touched with -WhatIf: <_>' -ForEach 'Remove-ChatVectorStore', 'Remove-ChatContainer', 'Remove-ChatConversation', 'Remove-ChatSkill', 'Remove-ChatVoiceConsent' {
        $before = @(Get-ChatSandboxRequest).Count
        & $_ some-id -WhatIf
        @(Get-ChatSandboxRequest).Count | Should -Be $before
    }

    It 'is made by nobody with -WhatIf' {
        $before = @(Get-ChatSandboxRequest).Count
        New-ChatVectorStore a -WhatIf
        New-ChatContainer a -WhatIf
        New-ChatConversation -WhatIf
        Set-ChatConversation conv_1 -Metadata @{ a = 'b' } -WhatIf
        Add-ChatVectorStoreFile vs_1 -Path (New-Note one) -WhatIf
        @(Get-ChatSandboxRequest).Count | Should -Be $before
    }

    It 'that is unknown is an error of its item' {
        $store = New-ChatVectorStore notes
        $found = 'vs_none', $store.Id | Get-ChatVectorStore -ErrorAction SilentlyContinue -ErrorVariable e
        $found.Id | Should -Be $store.Id
        $e.Count | Should -Be 1
        $e[0].TargetObject | Should -Be vs_none
        $e[0].ErrorDetails.RecommendedAction | Should -BeLike '*vector store*'
    }

    It 'is none at other vendors, which is said before anything is sent' {
        $null = Connect-ChatService -Name Claude -BaseUri (Get-ChatConnection Test).BaseUri -Dialect Anthropic -ApiKey sk-test-1 -Model sandbox-mini -ErrorAction SilentlyContinue
        Get-ChatVectorStore -Connection Claude -ErrorAction SilentlyContinue -ErrorVariable e
        $e[0].Exception.Message | Should -BeLike '*has no vector stores*'
    }
}

Describe 'Conversations' {
    BeforeEach { Connect-ChatService -Name Test -Quiet }

    It 'take texts, messages and hashtables, however they come' {
        $conversation = New-ChatConversation -Item 'My server is called web01.', (New-ChatMessage 'Be brief.' -Role system)
        ($conversation | Get-ChatConversationItem -Order asc).Role | Should -Be user, system
        $null = 'two', 'three' | Add-ChatConversationItem -ConversationId $conversation.Id
        $null = $conversation | Add-ChatConversationItem four
        $null = $conversation | Add-ChatConversationItem @{ role = 'user'; content = 'five' }
        $null = Add-ChatConversationItem $conversation six, seven
        ($conversation | Get-ChatConversationItem -Order asc).Text | Should -Be 'My server is called web01.', 'Be brief.', two, three, four, five, six, seven
    }

    It 'refuse what is no item, no skill and nothing with a type before anything is sent' {
        $before = @(Get-ChatSandboxRequest).Count
        New-ChatConversation -Item 7 -ErrorAction SilentlyContinue -ErrorVariable item
        $item[0].Exception.Message | Should -BeLike "-Item: '7' is no item*"
        New-ChatContainer a -Skill @{ id = 1 } -ErrorAction SilentlyContinue -ErrorVariable skill
        $skill[0].Exception.Message | Should -BeLike '-Skill has no type*'
        New-ChatVectorStore a -ChunkingStrategy 5 -ErrorAction SilentlyContinue -ErrorVariable pieces
        $pieces[0].Exception.Message | Should -BeLike '-ChunkingStrategy*'
        @(Get-ChatSandboxRequest).Count | Should -Be $before
    }

    It 'go on with Invoke-ChatCompletion, and show what was said' {
        $sandbox = (Get-ChatConnection Test).BaseUri
        $null = Connect-ChatService -Name Talk -BaseUri $sandbox -Dialect Responses -ApiKey sk-test-1 -Model sandbox-mini
        $conversation = New-ChatConversation -Connection Talk -Item @{ type = 'message'; role = 'user'; content = 'My server is called web01.' }
        $null = Invoke-ChatCompletion 'What is it called?' -ConversationId $conversation.Id -Connection Talk
        ($conversation | Get-ChatConversationItem -Order asc).Role | Should -Be user, user, assistant
        $conversation | Get-ChatConversationItem -First 1 | Remove-ChatConversationItem
        @($conversation | Get-ChatConversationItem).Count | Should -Be 2
    }
}

Describe 'Files that a service keeps' {
    BeforeEach { Connect-ChatService -Name Test -Quiet }

    It 'are attached where they are piped to a chat' {
        $file = Add-ChatFile (New-Note 'The backup runs at two.')
        $null = $file | Invoke-ChatCompletion 'When?' -Model sandbox-mini
        (Get-ChatSandboxRequest)[-1].Body | Should -BeLike "*`"file_id`":`"$($file.Id)`"*"
    }

    It 'are not sent where several have one name' {
        $before = @(Get-ChatSandboxRequest).Count
        { Add-ChatFile (New-Note one one.md), (New-Note two two.md) -Name z.md -ErrorAction Stop } | Should -Throw '*is the name of one file*'
        @(Get-ChatSandboxRequest).Count | Should -Be $before
    }

    It 'that are unknown are told as such by <_>' -ForEach 'Anthropic', 'Gemini' {
        $null = Connect-ChatService -Name $_ -Sandbox -Dialect $_
        Get-ChatFile file_nope -Connection $_ -ErrorAction SilentlyContinue -ErrorVariable e
        $e[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest*'
        $e[0].Exception.Message | Should -Not -BeLike '*not offered*'
        $e[0].Exception.Message | Should -Not -BeLike '*endpoint*'
        $e[0].ErrorDetails.RecommendedAction | Should -BeLike 'Get-ChatFile lists*'
    }
}

Describe 'Files that are saved' {
    BeforeEach { Connect-ChatService -Name Test -Quiet }

    It 'go to a folder by their ids' {
        $container = New-ChatContainer sums
        $file = $container | Add-ChatContainerFile -Path (New-Note 'a,b' sales.csv)
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive saved)
        $file | Save-ChatContainerFile -Path $folder
        Get-Content (Join-Path $folder "$($container.Id)-$($file.Id).csv") | Should -Be 'a,b'
    }

    It 'are not replaced without -Force' {
        $file = New-ChatContainer sums | Add-ChatContainerFile -Path (New-Note 'a,b' sales.csv)
        $copy = New-Note old copy.csv
        $file | Save-ChatContainerFile -Path $copy -ErrorAction SilentlyContinue -ErrorVariable e
        $e[0].Exception.Message | Should -BeLike '*is there already*'
        Get-Content $copy | Should -Be old
        $file | Save-ChatContainerFile -Path $copy -Force
        Get-Content $copy | Should -Be 'a,b'
    }
}
