BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe 'Save-ChatImage' {
    BeforeEach {
        Connect-TestSandbox
        $folder = Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))
    }

    It 'saves bytes and addresses under names of its own' {
        $saved = @(New-ChatImage one; New-ChatImage two -Model dall-e-3) | Save-ChatImage $folder
        $saved.Path | Split-Path -Leaf | Should -Be '0001.png', '0002.png'
        $saved.Width | Should -Be 1024, 1024
        $saved | Where-Object Data | Should -BeNullOrEmpty
    }

    It 'saves one file, whose ending follows the content' {
        $saved = New-ChatImage one -OutputFormat webp | Save-ChatImage -Path (Join-Path $TestDrive one.png)
        $saved.Path | Should -Be (Join-Path $TestDrive one.webp)
        (Get-Failure { 'a', 'b' | New-ChatImage | Save-ChatImage -Path (Join-Path $TestDrive two.png) })[0] | Should -BeLike '*-Path*one file*'
    }

    It 'never replaces a file without -Force' {
        $null = New-ChatImage one | Save-ChatImage $folder
        (Get-Failure { New-ChatImage two | Save-ChatImage $folder })[0] | Should -BeLike '*exists*'
        (New-ChatImage two | Save-ChatImage $folder -Force).Path | Should -Exist
        @(Get-ChildItem $folder).Count | Should -Be 1
    }

    It 'saves nothing with -WhatIf' {
        New-ChatImage one | Save-ChatImage $folder -WhatIf
        $folder | Should -Not -Exist
    }

    It 'refuses a page in place of a picture, and what is too large' {
        Connect-TestSandbox @{ Response = @{ Path = '*/pictures/*'; Response = '<html>expired</html>' } }
        $image = New-ChatImage one -Model dall-e-3
        (Get-Failure { $image | Save-ChatImage $folder })[0].FullyQualifiedErrorId | Should -BeLike 'BadResponse*'
        (Get-Failure { New-ChatImage one | Save-ChatImage $folder -MaxBytes 10 })[0] | Should -BeLike '*-MaxBytes*'
        @(Get-ChildItem $folder -ErrorAction Ignore).Count | Should -Be 0
    }

    It 'says that there is nothing to save' {
        (Get-Failure { 'just text' | Save-ChatImage $folder })[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest*'
        (Get-Failure { 1 | Save-ChatImage $folder })[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest*'
    }
}
